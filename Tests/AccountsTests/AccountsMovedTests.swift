import AppHarness
import Commerce
import HTTPTypes
import Messages
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// Customers whose rows another program has written.
@Suite struct AccountsMovedTests {
    private static let hash = "bcrypt$$2b$05$abcdefghijklmnopqrstuuFFP0VZg2z5IyfjKcDAt0Dd0lbOvQ.Hu"
    private static let none = "!W1Te2HZcLcrcIyirEozhk7CV8G2tmiDubkKa1Agp"

    private static func move(_ email: String, _ hash: String = hash, into shop: AccountsHarness) async throws -> UserID
    {
        try await shop.database.write { tx in
            UserID(
                try tx.insert(
                    """
                    INSERT INTO users (email, password_hash, first_name, role, created_at, updated_at)
                    VALUES (\(email), \(hash), 'Anna', 'customer', 0, 0)
                    """))
        }
    }

    @Test(arguments: Backend.available)
    func `a row in users alone logs in, has a profile and changes it`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let id = try await Self.move("anna@example.com", into: shop)
            let anna = try AccountsHarness.login(try await shop.logIn("anna@example.com"))
            #expect(anna.id == id.rawValue)
            let profile = try await shop.call(.get, "/api/auth/profile/", token: anna.access)
            #expect(profile.status == 200 && profile.text("email") == "anna@example.com", "\(profile.json)")
            let path = "/api/auth/profile/preferences/"
            let changed = try await shop.call(.put, path, #"{"preferred_language": "de"}"#, token: anna.access)
            #expect(changed.status == 200 && changed.text("preferred_language") == "de", "\(changed.json)")
            let shown = try await shop.call(.get, path, token: anna.access)
            #expect(shown.text("preferred_language") == "de" && shown.text("timezone") == "UTC")
            let admin = try await shop.admin()
            let seen = try await shop.call(.get, "/api/users/\(id)/", token: admin.access)
            #expect(seen.status == 200, "\(seen.json)")
            let all = try await shop.call(.get, "/api/users/", token: admin.access)
            #expect(all["count"]?.integer == 2 && all["results"]?.array?.count == 2, "\(all.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `an address with capitals is reached in any spelling and cannot be registered again`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let id = try await Self.move("Anna.Smith@Example.COM", into: shop)
            let again = try await shop.call(
                .post, "/api/auth/register/",
                #"{"email": "anna.smith@example.com", "password": "testpass123", "first_name": "A", "last_name": "S"}"#)
            #expect(again.status == 400 && again["email"] != nil, "\(again.json)")
            let bob = try await shop.customer("bob@example.com")
            let taken = try await shop.call(
                .patch, "/api/auth/profile/", #"{"email": "Anna.Smith@example.com", "password": "testpass123"}"#,
                token: bob.access)
            #expect(taken.status == 400 && taken["email"] != nil, "\(taken.json)")

            let asked = try await shop.call(
                .post, "/api/auth/forgot-password/", #"{"email": "ANNA.smith@example.com"}"#)
            #expect(asked.status == 200)
            #expect(try await shop.fixture.mails().map(\.recipient).contains("Anna.Smith@Example.COM"))

            let anna = try AccountsHarness.login(try await shop.logIn("anna.smith@example.com"))
            #expect(anna.id == id.rawValue)
            #expect(try await shop.logIn("Anna.Smith@Example.COM").status == 200)
            let kept = try await shop.database.read { try UserQueries.credentials(id, $0)?.email }
            #expect(kept == "anna.smith@example.com")
        }
    }

    @Test(arguments: Backend.available)
    func `the link of before still verifies an address that was respelled meanwhile`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            _ = try await Self.move("Anna@example.com", into: shop)
            let asked = try await shop.call(
                .post, "/api/auth/resend-verification/", #"{"email": "anna@example.com"}"#)
            #expect(asked.status == 200)
            let token = try #require(try await shop.secret("token", in: "verify_email"))
            #expect(try await shop.logIn("anna@example.com").status == 200)
            let verified = try await shop.call(.post, "/api/auth/verify-email/", #"{"token": "\#(token)"}"#)
            #expect(verified.status == 200, "\(verified.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `two rows of one address stay two: the one in lower case is reached, and nothing is rewritten`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            _ = try await Self.move("Anna@example.com", into: shop)
            let second = try await Self.move("anna@example.com", into: shop)
            let anna = try AccountsHarness.login(try await shop.logIn("Anna@example.com"))
            #expect(anna.id == second.rawValue)
            #expect(try await shop.fixture.count("SELECT COUNT(*) FROM users WHERE email = 'Anna@example.com'") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `an exclamation mark is no password, and the only way in cannot be parted`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            try await shop.store(Self.none)
            _ = try await shop.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO social_accounts (user_id, provider, provider_user_id, access_token, refresh_token,
                        profile_data, created_at, updated_at)
                    VALUES (\(ada.id), 'google', '7', '', '', '{}', 0, 0)
                    """)
            }
            let parted = try await shop.call(.delete, "/api/auth/social/google/disconnect/", token: ada.access)
            #expect(parted.status == 409 && parted.text("code") == "last_login_method", "\(parted.json)")
            #expect(try await shop.logIn(password: Self.none).status == 401)
            let set = try await shop.call(
                .post, "/api/auth/set-password/", #"{"new_password": "another-Pass-9"}"#, token: ada.access)
            #expect(set.status == 200, "\(set.json)")
            #expect(try await shop.logIn(password: "another-Pass-9").status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `users whom nobody can log in as are counted by why`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            _ = try await shop.customer()
            #expect(try await LockedOutUsers.count(in: shop.database).sentences == [])
            let md5 = "md5$1SWAdH3cpNLE62JjLZTrmo$1a9d49442788e8bcc1b44e05b5b1f507"
            for (number, stored) in [md5, md5, "sha1$a$b", "secret", Self.none, "", Self.hash].enumerated() {
                _ = try await Self.move("moved\(number)@Example.com", stored, into: shop)
            }
            for email in ["no address", "Anna@example.com", "anna@example.com", "ANNA@example.com"] {
                _ = try await Self.move(email, into: shop)
            }
            let social = try await Self.move("social@example.com", Self.none, into: shop)
            _ = try await shop.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO social_accounts (user_id, provider, provider_user_id, access_token, refresh_token,
                        profile_data, created_at, updated_at)
                    VALUES (\(social), 'google', '7', '', '', '{}', 0, 0)
                    """)
            }
            let found = try await LockedOutUsers.count(in: shop.database)
            #expect(found.hashes == ["md5": 2, "sha1": 1, "unnamed": 1])
            #expect(found.withoutPassword == 2 && found.withoutAddress == 3)
            #expect(found.sentences.count == 3 && found.sentences[0].hasPrefix("4 ") && !"\(found)".contains("secret"))
        }
    }

    @Test(arguments: Backend.available)
    func `an international domain is one account in both spellings`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let info = try await shop.customer("Info@MÜLLER.de")
            let shown = try await shop.call(.get, "/api/auth/profile/", token: info.access)
            #expect(shown.text("email") == "info@müller.de")
            for spelling in [
                "info@müller.de", "info@xn--mller-kva.de", "INFO@XN--MLLER-KVA.DE", "info@mu\u{308}ller.de",
            ] {
                #expect(try await shop.logIn(spelling).status == 200, "\(spelling)")
                let again = try await shop.call(
                    .post, "/api/auth/register/",
                    #"{"email": "\#(spelling)", "password": "testpass123", "first_name": "A", "last_name": "S"}"#)
                #expect(again.status == 400, "\(spelling)")
            }
            // As Django keeps it where somebody typed the other spelling.
            let other = try await Self.move("info@xn--bcher-kva.example", into: shop)
            let login = try AccountsHarness.login(try await shop.logIn("info@bücher.example"))
            #expect(login.id == other.rawValue)
        }
    }

    @Test(arguments: Backend.available)
    func `a domain that may not register may not in its other spelling`(_ backend: Backend) async throws {
        try await withAccounts(backend) {
            $0.deniedEmailDomains = ["müller.de"]
        } _: { shop in
            for email in ["a@müller.de", "a@xn--mller-kva.de", "a@mail.müller.de"] {
                let address = try #require(EmailAddress(email)).text
                await #expect(throws: ValidationError.self) { try await shop.register(address) }
            }
        }
    }

    @Test(arguments: [
        ("info@müller.de", "info@müller.de", "info@xn--mller-kva.de"),
        ("INFO@MU\u{308}LLER.DE", "info@müller.de", "info@xn--mller-kva.de"),
        ("info@xn--mller-kva.de", "info@müller.de", "info@xn--mller-kva.de"),
        ("a@straße.de", "a@straße.de", "a@xn--strae-oqa.de"), ("A@ÉCOLE.fr", "a@école.fr", "a@xn--cole-9oa.fr"),
        ("a@xn--i-7iq.ws", "a@xn--i-7iq.ws", "a@xn--i-7iq.ws"),
        ("A.B+c@Example.com", "a.b+c@example.com", "a.b+c@example.com"),
    ])
    func `an address has one compared form and one for the wire`(_ text: String, _ compared: String, _ wire: String) {
        let address = EmailAddress(text)
        #expect(
            address?.text.unicodeScalars.elementsEqual(compared.unicodeScalars) == true,
            "\(String(describing: address))")
        #expect(address?.ascii == wire)
    }

    @Test(arguments: [
        "ä@example.com", "a@b", "a@mü_ller.de", "a@mü..de", "a@ü.de@example.com", "a@ex\u{FF20}ample.de", "a@ü ber.de",
        "a@-ü.de",
        "a@i\u{2764}.ws", "a@ü\u{2024}de", "a@.ü.de", "a@ü.de.", "a@\u{200D}.de", "@ü.de", "ü.de", "a\u{0}@ü.de",
        "a@ü\u{0}.de",
        "a@m\u{E9}\u{202E}.de", "a@\u{24D6}mail.com", "a@\u{212A}elvin.example", "a@例\u{3002}jp",
        "a@\u{FF45}xample.com",
        "a@\u{130}stanbul.example", "a.@ü.de", "a..b@ü.de",
    ])
    func `what is no address is none with an international domain either`(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }
}
