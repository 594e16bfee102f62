import AppHarness
import Commerce
import HTTPTypes
import Outbound
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// What each endpoint of accounts refuses although its form is right: on which field, and in which words.
@Suite struct AccountsRefusalTests {
    enum Caller: Sendable {
        case nobody, customer, admin
        /// A customer who has begun to set two factors up.
        case settingUp
    }

    struct Row: Sendable {
        let endpoint: String
        let caller: Caller
        let body: String
        /// The way to the messages.
        let field: [String]
        let message: String

        init(_ endpoint: String, _ caller: Caller, _ body: String, _ field: String, _ message: String) {
            (self.endpoint, self.caller, self.body, self.message) = (endpoint, caller, body, message)
            self.field = field.split(separator: ".").map(String.init)
        }
    }

    /// `{own}` is the caller's e-mail, `{id}` another user's, `{address}` an address for billing alone.
    static let rows = entry + passwords + profile + settings + addresses + factors + admin

    private static let taken = "A user with that email already exists."
    private static let gone = "This token is invalid or has expired."

    private static let entry: [Row] = [
        registration(#""password": "1234567""#, "password", "It must contain at least 8 characters."),
        registration(#""password": "84629175""#, "password", "This password is entirely numeric."),
        registration(#""password": "password123""#, "password", "This password is too common."),
        registration(#""password": "newcomer-x""#, "password", "too similar to the email address."),
        registration(#""password": "Marguerite1""#, "password", "too similar to the first name."),
        registration(#""email": "taken@example.com""#, "email", taken),
        registration(#""email": "TAKEN@Example.com""#, "email", taken),
        registration(#""email": "x@denied.example""#, "email", "Addresses of this domain are not accepted."),
        registration(#""email": "x@mail.denied.example""#, "email", "Addresses of this domain are not accepted."),
        registration(#""email": "a@b\r\nBcc: c@example.com""#, "email", "Enter a valid email address."),
        registration(#""username": "taken""#, "username", "A user with that username already exists."),
        registration(#""username": "TAKEN""#, "username", "A user with that username already exists."),
        registration(#""username": "two words""#, "username", "Use letters, digits and . _ - only"),
        registration(#""phone_number": "12""#, "phone_number", "Enter a valid phone number."),
        .init("POST /api/auth/verify-email/", .nobody, #"{"token": "x"}"#, "token", gone),
        .init("POST /api/auth/resend-verification/", .nobody, "{}", "email", "This field is required."),
        .init("POST /api/auth/social/google/", .nobody, "{}", "id_token", "This field is required."),
        .init("POST /api/auth/social/apple/", .nobody, "{}", "id_token", "This field is required."),
        .init("POST /api/auth/social/facebook/", .nobody, "{}", "access_token", "This field is required."),
        .init("POST /api/auth/social/google/", .nobody, #"{"id_token": "a.b.c"}"#, "id_token", gone),
        .init("POST /api/auth/social/apple/", .nobody, #"{"id_token": "x"}"#, "id_token", gone),
    ]

    private static let passwords: [Row] = [
        .init(
            "POST /api/auth/reset-password/", .nobody, #"{"token": "x", "new_password": "another-Pass-9"}"#, "token",
            gone),
        .init(
            "POST /api/auth/change-password/", .customer,
            #"{"old_password": "wrong", "new_password": "another-Pass-9"}"#, "old_password",
            "The password is not correct."),
        .init(
            "POST /api/auth/change-password/", .customer, #"{"old_password": "testpass123", "new_password": "short"}"#,
            "new_password", "It must contain at least 8 characters."),
        .init(
            "POST /api/auth/change-password/", .customer,
            #"{"old_password": "testpass123", "new_password": "{own}"}"#, "new_password",
            "too similar to the email address."),
        .init(
            "POST /api/auth/account/deactivate/", .customer, #"{"password": "wrong"}"#, "password",
            "The password is not correct."),
        .init("POST /api/auth/account/deactivate/", .customer, "{}", "password", "This field is required."),
        .init(
            "DELETE /api/auth/account/delete/", .customer, #"{"password": "wrong", "confirmation": "DELETE"}"#,
            "password", "The password is not correct."),
        .init(
            "DELETE /api/auth/account/delete/", .customer, #"{"password": "testpass123", "confirmation": "delete"}"#,
            "confirmation", "Type DELETE to confirm."),
        .init(
            "DELETE /api/auth/account/delete/", .customer, #"{"confirmation": "DELETE"}"#, "password",
            "This field is required."),
    ]

    private static let profile: [Row] = [
        patch(#""email": "new@example.com""#, "password", "This field is required to change the email address."),
        patch(#""email": "new@example.com", "password": "wrong""#, "password", "The password is not correct."),
        patch(#""email": "taken@example.com", "password": "testpass123""#, "email", taken),
        patch(
            #""email": "x@denied.example", "password": "testpass123""#, "email",
            "Addresses of this domain are not accepted."),
        patch(#""username": "taken""#, "username", "A user with that username already exists."),
        patch(#""username": "a/b""#, "username", "Use letters, digits and . _ - only"),
        patch(#""date_of_birth": "2999-01-01""#, "date_of_birth", "Enter a date in the past."),
        patch(#""date_of_birth": "1899-12-31""#, "date_of_birth", "Enter a date in the past."),
        patch(#""date_of_birth": "1990-02-30""#, "date_of_birth", ""),
        patch(#""phone_number": "+0123456789""#, "phone_number", "Enter a valid phone number."),
        patch(#""profile": {"preferred_language": "x"}"#, "profile.preferred_language", "Enter a language tag."),
        patch(#""profile": {"preferred_currency": "XXX"}"#, "profile.preferred_currency", "Enter a currency code."),
        patch(#""profile": {"timezone": "Europe/Atlantis"}"#, "profile.timezone", "Enter the name of a time zone."),
        patch(#""profile": {"website_url": "javascript:alert(1)"}"#, "profile.website_url", "Enter a valid URL."),
        patch(#""profile": {"facebook_url": "https://a b"}"#, "profile.facebook_url", "Enter a valid URL."),
        patch(#""profile": {"twitter_url": "https://u:p@x.com"}"#, "profile.twitter_url", "Enter a valid URL."),
        patch(#""profile": {"instagram_url": "//x.com"}"#, "profile.instagram_url", "Enter a valid URL."),
        patch(#""profile": {"linkedin_url": "ftp://x.com"}"#, "profile.linkedin_url", "Enter a valid URL."),
        .init("PUT /api/auth/profile/", .customer, #"{"first_name": "A"}"#, "last_name", "This field is required."),
        patch(#""first_name": " ""#, "first_name", "This field may not be blank."),
    ]

    private static let settings: [Row] = [
        .init(
            "PUT /api/auth/profile/preferences/", .customer, #"{"preferred_language": "english!"}"#,
            "preferred_language", "Enter a language tag."),
        .init(
            "PUT /api/auth/profile/preferences/", .customer, #"{"preferred_currency": "ZZZ"}"#, "preferred_currency",
            "Enter a currency code."),
        .init(
            "PUT /api/auth/profile/preferences/", .customer, #"{"timezone": "../../etc/passwd"}"#, "timezone",
            "Enter the name of a time zone."),
        .init(
            "PUT /api/auth/profile/privacy/", .customer, #"{"profile_visibility": "friends"}"#, "profile_visibility",
            "\"friends\" is not a valid choice."),
        .init(
            "POST /api/auth/security/report-suspicious/", .customer,
            #"{"description": "x", "login_history_id": 999999}"#, "login_history_id",
            "Invalid pk \"999999\" - object does not exist."),
    ]

    private static let addresses: [Row] = [
        place(#""country": "Atlantis""#, "country", "is not a valid country code"),
        place(#""latitude": "90.000001""#, "latitude", "This value is out of range."),
        place(#""longitude": "-181""#, "longitude", "This value is out of range."),
        place(#""latitude": "north""#, "latitude", "A valid number is required."),
        place(#""city": """#, "city", "This field may not be blank."),
        place(#""city": null"#, "city", "This field may not be null."),
        place(#""phone_number": "call me""#, "phone_number", "Enter a valid phone number."),
        .init(
            "PATCH /api/auth/addresses/{address}/", .customer, #"{"country": "XX"}"#, "country",
            "is not a valid country code"),
        .init(
            "POST /api/auth/addresses/{address}/set-default/", .customer, #"{"address_type": "shipping"}"#,
            "address_type", "This address is for billing alone."),
        .init(
            "POST /api/shipping-addresses/", .customer, #"{"full_name": "A", "address_line1": "B", "city": "C"}"#,
            "country", "This field is required."),
    ]

    private static let factors: [Row] = [
        .init(
            "POST /api/auth/phone/send-otp/", .customer, #"{"phone_number": "0301234567"}"#, "phone_number",
            "Enter a valid phone number with its country code: +15550100000."),
        .init(
            "PUT /api/auth/phone/update/", .customer, #"{"phone_number": "0301234567"}"#, "phone_number",
            "Enter a valid phone number with its country code: +15550100000."),
        .init(
            "POST /api/auth/phone/verify-otp/", .customer, #"{"code": "123456"}"#, "code",
            "The code is not correct, or has expired."),
        .init(
            "POST /api/auth/2fa/enable/", .settingUp, #"{"code": "123456"}"#, "code",
            "The code is not correct, or has been used."),
    ]

    private static let admin: [Row] = [
        .init("PATCH /api/users/{id}/", .admin, #"{"role": "owner"}"#, "role", "\"owner\" is not a valid choice."),
        .init(
            "PATCH /api/users/{id}/", .admin, #"{"permissions": ["products.edit", "all"]}"#, "permissions",
            "\"all\" is not a valid choice."),
        .init(
            "PUT /api/users/{id}/", .admin, #"{"groups": [77]}"#, "groups",
            "Invalid pk \"77\" - object does not exist."),
        .init("PUT /api/users/{id}/", .admin, #"{"phone_number": "x"}"#, "phone_number", "Enter a valid phone number."),
        .init(
            "POST /api/admin/staff/", .admin, #"{"email": "c@example.com", "first_name": "C", "role": "customer"}"#,
            "role",
            "\"customer\" is not a valid choice."),
        .init(
            "POST /api/admin/groups/", .admin, #"{"name": "Taken"}"#, "name", "already exists."),
        .init(
            "POST /api/admin/groups/", .admin, #"{"name": "New", "permissions": ["x"]}"#, "permissions",
            "\"x\" is not a valid choice."),
    ]

    private static func registration(_ member: String, _ field: String, _ message: String) -> Row {
        let usual = [
            ("email", "newcomer@example.com"), ("password", "another-Pass-9"), ("first_name", "Marguerite"),
            ("last_name", "L"),
        ].filter { !member.hasPrefix("\"\($0.0)\"") }.map { #""\#($0.0)": "\#($0.1)""# }
        let body = "{" + ([member] + usual).joined(separator: ", ") + "}"
        return .init("POST /api/auth/register/", .nobody, body, field, message)
    }

    private static func patch(_ members: String, _ field: String, _ message: String) -> Row {
        .init("PATCH /api/auth/profile/", .customer, "{\(members)}", field, message)
    }

    private static func place(_ member: String, _ field: String, _ message: String) -> Row {
        let usual = [("full_name", "A"), ("address_line1", "1 Main Street"), ("city", "Rome"), ("country", "IT")]
            .filter { !member.hasPrefix("\"\($0.0)\"") }.map { #""\#($0.0)": "\#($0.1)""# }
        let body = "{" + ([member] + usual).joined(separator: ", ") + "}"
        return .init("POST /api/auth/addresses/", .customer, body, field, message)
    }

    private static func provider(_ name: SocialProvider) -> OIDCProvider {
        OIDCProvider(name: name, audiences: ["shop"], issuers: ["i"], keysURL: "http://127.0.0.1:9/keys")
    }

    @Test(arguments: Backend.available)
    func `each refusal names its field and changes nothing`(_ backend: Backend) async throws {
        try await AccountsHarness.with(
            backend, client: HTTPClient(threads: try TransferThreads(count: 1)),
            {
                $0.deniedEmailDomains = ["denied.example"]
                $0.social.google = Self.provider(.google)
                $0.social.apple = Self.provider(.apple)
                $0.social.facebook = FacebookApp(id: "1", secret: "s", base: "http://127.0.0.1:9")
            }
        ) { shop in
            let taken = try await shop.customer("taken@example.com")
            _ = try await shop.call(.patch, "/api/auth/profile/", #"{"username": "taken"}"#, token: taken.access)
            let admin = try await shop.admin()
            _ = try await shop.call(.post, "/api/admin/groups/", #"{"name": "Taken"}"#, token: admin.access)
            for (number, row) in Self.rows.enumerated() {
                let own = "person\(number)@example.com"
                let customer =
                    [.customer, .settingUp].contains(row.caller) ? try await shop.customer(own) : nil
                if let customer, row.caller == .settingUp {
                    try await shop.setVerified(customer)
                    _ = try await shop.call(.post, "/api/auth/2fa/setup/", token: customer.access)
                }
                var address = ""
                if let customer, row.endpoint.contains("{address}") {
                    address = String(try await shop.billingAddress(of: customer))
                }
                let parts = row.endpoint.split(separator: " ")
                let method = try #require(HTTPRequest.Method(rawValue: String(parts[0])))
                let before = try await shop.rows()
                let answer = try await shop.call(
                    method,
                    String(parts[1]).replacing("{id}", with: String(taken.id)).replacing("{address}", with: address),
                    row.body.replacing("{own}", with: own),
                    token: row.caller == .admin ? admin.access : customer?.access)
                let place = "\(row.endpoint) \(row.body)"
                #expect(answer.status == 400, "\(place): \(answer.status) \(answer.json)")
                let errors = row.field.reduce(answer.json as JSONValue?) { $0?[$1] }
                let messages = errors?.elements.compactMap(\.text) ?? []
                #expect(messages.contains { $0.contains(row.message) }, "\(place): \(answer.json)")
                #expect(try await shop.rows() == before, "\(place)")
            }
        }
    }
}

extension AccountsHarness {
    fileprivate func billingAddress(of customer: Login) async throws -> Int64 {
        let body = """
            {"address_type": "billing", "full_name": "A", "address_line1": "B", "city": "Rome", "country": "IT"}
            """
        let answer = try await call(.post, "/api/auth/addresses/", body, token: customer.access)
        return try #require(answer["id"]?.integer)
    }

    /// Returns what users have, as far as a refused request must not change it.
    fileprivate func rows() async throws -> [String] {
        try await database.read { connection in
            try connection.column("SELECT email FROM users ORDER BY id", as: String.self)
                + connection.column("SELECT version FROM users ORDER BY id", as: Int.self).map(String.init)
                + connection.column("SELECT city FROM addresses ORDER BY id", as: String.self)
                + connection.column("SELECT name FROM staff_groups ORDER BY id", as: String.self)
                + connection.column("SELECT description FROM suspicious_reports ORDER BY id", as: String.self)
        }
    }
}
