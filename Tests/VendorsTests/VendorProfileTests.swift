import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Vendors

/// Applications, and what vendors say of themselves.
@Suite struct VendorProfileTests {
    private static let account = """
        {"account_holder": "Ada", "bank_name": "Bank", "iban": "DE89 3704 0044 0532 0130 00", "swift": "COBADEFF"}
        """

    @Test(arguments: Backend.available)
    func `a user with a verified address applies once, and is mailed`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let body =
                #"{"business_name": "Reviews", "business_type": "company", "tax_id": "T1", "website": "https://a.example/"}"#
            let early = try await shop.call(
                .post, "/api/vendors/register/", body, by: VendorHarness.identity(2, isVerified: false))
            #expect(early.status == 403 && early.text("code") == "email_not_verified")
            let made = try await shop.call(.post, "/api/vendors/register/", body, by: VendorHarness.identity(2))
            #expect(made.status == 201 && made.text("status") == "pending" && made.text("slug") == "reviews-2")
            #expect(
                made["profile"]?["website"]?.text == "https://a.example/" && made["profile"]?["bank_account"] == .null)
            let again = try await shop.call(.post, "/api/vendors/register/", body, by: VendorHarness.identity(2))
            #expect(again.status == 400 && again["non_field_errors"] != nil, "\(again.json)")
            #expect(try await shop.mails() == ["vendor_registered"])
            let stranger = try await shop.call(.get, "/api/vendors/profile/", by: VendorHarness.identity(3))
            #expect(stranger.status == 403 && stranger.text("code") == "vendor_required")
            #expect(try await shop.call(.get, "/api/vendors/\(made.id)/", by: nil).status == 404, "it is not approved")
        }
    }

    @Test(arguments: [
        (#"{}"#, "business_name"), (#"{"business_name": "A"}"#, "business_type"),
        (#"{"business_name": "", "business_type": "company"}"#, "business_name"),
        (#"{"business_name": "A", "business_type": "club"}"#, "business_type"),
        (#"{"business_name": "A", "business_type": "company", "email": "no"}"#, "email"),
        (#"{"business_name": "A", "business_type": "company", "phone_number": "no"}"#, "phone_number"),
        (#"{"business_name": "A", "business_type": "company", "website": "ftp://a.example"}"#, "website"),
    ])
    func `an application that makes no sense is refused on its field`(_ body: String, _ field: String) async throws {
        try await VendorHarness.with(.sqlite) { shop in
            let answer = try await shop.call(.post, "/api/vendors/register/", body, by: VendorHarness.identity(2))
            #expect(answer.status == 400 && answer[field] != nil, "\(answer.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `PUT needs what PATCH may leave out, and neither forgets what was not sent`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            try await shop.vendor(of: 2)
            let owner = VendorHarness.identity(2)
            let patched = try await shop.call(
                .patch, "/api/vendors/profile/",
                #"{"description": "Fine hats", "profile": {"city": "Rome", "country": "it", "social_links": {"x": "https://x.example/a"}}}"#,
                by: owner)
            #expect(patched.status == 200 && patched["profile"]?["country"]?.text == "IT", "\(patched.json)")
            let short = try await shop.call(.put, "/api/vendors/profile/", #"{"business_name": "Caps"}"#, by: owner)
            #expect(short.status == 400 && short["business_type"] != nil)
            let put = try await shop.call(
                .put, "/api/vendors/profile/",
                #"{"business_name": "Caps", "business_type": "individual", "profile": {"postal_code": "00100"}}"#,
                by: owner, ifMatch: "\"\(patched["version"]?.integer ?? 0)\"")
            #expect(put.status == 200 && put.text("business_name") == "Caps" && put.text("description") == "Fine hats")
            #expect(put["profile"]?["city"]?.text == "Rome" && put.text("slug") == "hats")
            let late = try await shop.call(
                .patch, "/api/vendors/profile/", #"{"description": ""}"#, by: owner, ifMatch: "\"1\"")
            #expect(late.status == 412)
            for (body, field) in [
                (#"{"profile": {"social_links": {"x": "nothing"}}}"#, "social_links"),
                (#"{"profile": {"country": "XX"}}"#, "country"),
                (#"{"profile": {"payout_method": "gold"}}"#, "payout_method"),
                (#"{"profile": {"country": "US", "state": "Nowhere"}}"#, "state"),
            ] {
                let answer = try await shop.call(.patch, "/api/vendors/profile/", body, by: owner)
                #expect(answer.status == 400 && answer["profile"]?[field] != nil, "\(body): \(answer.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a bank account is sealed, shown by its end, and changed by who is there`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            let owner = VendorHarness.identity(2)
            let body = #"{"profile": {"bank_account": \#(Self.account)}}"#
            let set = try await shop.call(.patch, "/api/vendors/profile/", body, by: owner)
            #expect(set.status == 200 && shop.presence.asked == 1, "\(set.json)")
            let shown = set["profile"]?["bank_account"]
            #expect(shown?["iban"]?.text == "•••• 3000" && shown?["account_number"] == .null, "\(set.json)")
            let found = try await shop.database.read { try TextScan.findings(of: "0532013000", $0) }
            #expect(found.isEmpty, "\(found)")
            let target = try await shop.payoutTarget(of: id)
            #expect(target?.account?.iban == "DE89370400440532013000" && target?.method == .bankTransfer)

            // What is read can be sent back as it is.
            let echo = String(decoding: try JSONBytes.encode(set["profile"] ?? .null), as: UTF8.self)
            let put = try await shop.call(
                .put, "/api/vendors/profile/",
                #"{"business_name": "Hats", "business_type": "individual", "profile": \#(echo)}"#, by: owner)
            #expect(put.status == 200 && shop.presence.asked == 1, "\(put.json)")
            #expect(try await shop.payoutTarget(of: id) == target)

            shop.presence.leave()
            for other in [
                #"{"profile": {"bank_account": {"account_holder": "Eve", "bank_name": "B", "account_number": "12345678"}}}"#,
                #"{"profile": {"bank_account": null}}"#, #"{"profile": {"payout_method": "paypal"}}"#,
            ] {
                let refused = try await shop.call(.patch, "/api/vendors/profile/", other, by: owner)
                #expect(refused.status == 403 && refused.text("code") == "fresh_factor_required", "\(other)")
            }
            #expect(try await shop.payoutTarget(of: id) == target)
            let name = try await shop.call(.patch, "/api/vendors/profile/", #"{"description": "x"}"#, by: owner)
            #expect(name.status == 200, "what moves no money needs nobody")
            #expect(try await shop.mails().filter { $0 == "vendor_payout_changed" }.count == 1)
        }
    }

    @Test(arguments: [
        (#"{"account_holder": "A", "bank_name": "B", "iban": "DE89370400440532013001"}"#, "iban"),
        (#"{"account_holder": "A", "bank_name": "B"}"#, "iban"),
        (#"{"account_holder": "A", "bank_name": "B", "account_number": "12/34"}"#, "account_number"),
        (#"{"account_holder": "A", "bank_name": "B", "account_number": "1", "swift": "NO"}"#, "swift"),
        (#"{"bank_name": "B", "account_number": "1"}"#, "account_holder"),
        (
            #"{"account_holder": "A", "bank_name": "B", "account_number": "12345678901234567890123456789012345"}"#,
            "account_number"
        ),
        (
            #"{"account_holder": "A", "bank_name": "B", "account_number": "1", "routing_number": "123456789012345678901234567890123456"}"#,
            "routing_number"
        ),
    ])
    func `a bank account that cannot be is refused on its field`(_ account: String, _ field: String) async throws {
        try await VendorHarness.with(.sqlite) { shop in
            try await shop.vendor(of: 2)
            let answer = try await shop.call(
                .patch, "/api/vendors/profile/", #"{"profile": {"bank_account": \#(account)}}"#,
                by: VendorHarness.identity(2))
            #expect(answer.status == 400 && answer["profile"]?["bank_account"]?[field] != nil, "\(answer.json)")
        }
    }

    @Test func `an account number may be as long as a payment order takes it`() async throws {
        try await VendorHarness.with(.sqlite) { shop in
            let id = try await shop.vendor(of: 2)
            let number = "1234567890123456789012345678901234"
            let answer = try await shop.call(
                .patch, "/api/vendors/profile/",
                #"{"profile": {"bank_account": {"account_holder": "A", "bank_name": "B", "account_number": "\#(number)"}}}"#,
                by: VendorHarness.identity(2))
            #expect(answer.status == 200, "\(answer.json)")
            #expect(try await shop.payoutTarget(of: id)?.account?.accountNumber == number)
        }
    }

    @Test(arguments: Backend.available)
    func `logo and banner come and go`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            let owner = VendorHarness.identity(2)
            let picture = MediaFixtures.jpeg
            for (name, field) in [("logo", "logo"), ("banner", "banner_image")] {
                let path = "/api/vendors/profile/\(name)/"
                let set = try await shop.upload(path, picture, as: "image", by: owner)
                #expect(set.status == 200 && set.text(field)?.contains("/media/vendor-") == true, "\(set.json)")
                let shown = try await shop.call(.get, "/api/vendors/\(id)/", by: nil)
                #expect(shown.text(field) == set.text(field))
                #expect(try await shop.call(.delete, path, by: owner).status == 204)
                #expect(try await shop.call(.get, "/api/vendors/hats/", by: nil)[field] == .null)
                let bad = try await shop.upload(path, Array("GIF89a".utf8), as: "image", by: owner)
                #expect(bad.status == 400 && bad["image"] != nil)
            }
        }
    }
}
