import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// Attacks that go through more than one room.
@Suite(.timeLimit(.minutes(12)))
struct AttackTests {
    /// The thief has the victim log in with a session that the thief knows.
    @Test(arguments: Backend.available, [false, true])
    func `a planted session shows nothing of who logs in with it`(
        _ backend: Backend, _ registers: Bool
    ) async throws {
        try await withShop(backend) { stand in
            let product = try await stand.product("Mug", stock: 50, by: try await stand.admin())
            let item: JSONValue = ["product_id": .number(String(product))]
            let planted = try await stand.anonymous.send("POST", "/api/cart/add/", json: item)
            let key = try #require(planted["session_key"]?.text)
            let password = JSONValue.string(ShopHarness.password)
            var entry: JSONValue = [
                "email": "victim@example.com", "password": password, "session_key": .string(key), "first_name": "V",
                "last_name": "V",
            ]
            if !registers {
                _ = try await stand.customer("victim@example.com")
                entry = ["email": "victim@example.com", "password": password, "session_key": .string(key)]
            }
            let answer = try await stand.anonymous.send(
                "POST", registers ? "/api/auth/register/" : "/api/auth/login/", json: entry)
            let victim = stand.anonymous.bearing(try #require(answer["access"]?.text))
            _ = try await victim.send("POST", "/api/cart/add/", json: item)
            #expect(try await victim.send("GET", "/api/cart/")["items"]?[0]?["quantity"]?.number == 2)
            for headers in [["X-Session-Key": key], ["Cookie": "cart_session=" + key]] {
                let seen = try await stand.anonymous.send("GET", "/api/cart/", headers: headers)
                #expect(seen["items"]?.elements.isEmpty == true, "\(seen.text)")
                #expect(try await stand.anonymous.send("GET", "/api/auth/profile/", headers: headers).status == 401)
            }
        }
    }

    /// A login never goes on with tokens that were there before.
    @Test func `a login gives tokens of its own`() async throws {
        try await withShop(.sqlite) { stand in
            let thief = try await stand.anonymous.send(
                "POST", "/api/auth/register/",
                json: [
                    "email": "thief@example.com", "password": .string(ShopHarness.password), "first_name": "T",
                    "last_name": "T",
                ])
            _ = try await stand.customer("victim@example.com")
            let access = try #require(thief["access"]?.text)
            let answer = try await stand.anonymous.bearing(access).send(
                "POST", "/api/auth/login/",
                json: [
                    "email": "victim@example.com", "password": .string(ShopHarness.password),
                    "refresh": try #require(thief["refresh"]), "sid": .number("1"), "session_id": .number("1"),
                ])
            #expect(answer["access"]?.text != access && answer["user"]?["email"]?.text == "victim@example.com")
            let profile = try await stand.anonymous.bearing(access).send("GET", "/api/auth/profile/")
            #expect(profile["email"]?.text == "thief@example.com")
        }
    }

    /// Names go into subjects and greetings of mails.
    @Test(arguments: Backend.available)
    func `no name brings a header or a line of its own into a mail`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let evil = "Ada\r\nBcc: all@example.org\r\n\r\nClick http://evil.example"
            for (number, name) in [evil, "A\nB: c", "A\rB", "A\u{0}B", "A\u{2028}B", "A\u{85}B"].enumerated() {
                let email = "e\(number)@example.com"
                let made = try await stand.anonymous.send(
                    "POST", "/api/auth/register/",
                    json: [
                        "email": .string(email), "password": .string(ShopHarness.password),
                        "first_name": .string(name), "last_name": "L",
                    ])
                guard made.status == 201 else {
                    #expect(made.status == 400 && made["first_name"] != nil, "\(made.text)")
                    continue
                }
                let path = "/api/admin/mailbox/?to=\(email)"
                try await poll("the mails to \(email)", atMost: .seconds(30)) {
                    try await admin.send("GET", path)["count"]?.number == 2
                }
                for mail in try await admin.send("GET", path)["results"]?.elements ?? [] {
                    let subject = try #require(mail["subject"]?.text)
                    #expect(!subject.unicodeScalars.contains { $0.properties.generalCategory == .control })
                    #expect(mail["recipient"]?.text ?? mail["to"]?.text == email)
                }
            }
            #expect(try await admin.send("GET", "/api/admin/mailbox/?to=all@example.org")["count"]?.number == 0)
        }
    }

    /// With somebody's reset token or code one comes into their account.
    @Test(arguments: Backend.available)
    func `staff who may see the mailbox read no tokens and codes, and do not empty it`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let (admin, clerk) = (try await stand.admin(), try await stand.customer("clerk@example.com"))
            _ = try await stand.shop.installation.database.write {
                try $0.execute(
                    "UPDATE users SET role = 'staff', permissions = 'mailbox.view' WHERE email = 'clerk@example.com'")
            }
            _ = try await stand.anonymous.send(
                "POST", "/api/auth/forgot-password/", json: ["email": .string(ShopHarness.adminEmail)])
            _ = try await clerk.send("POST", "/api/auth/phone/send-otp/", json: ["phone_number": "+491511234567"])
            for target in ["?to=\(ShopHarness.adminEmail)&search=password", "?channel=sms"] {
                let path = "/api/admin/mailbox/" + target
                try await poll("the message", atMost: .seconds(30)) {
                    try await admin.send("GET", path)["count"]?.number == 1
                }
                let (all, some) = (try await admin.send("GET", path), try await clerk.send("GET", path))
                let secret = try #require(all["results"]?[0]?["text"]?.text)
                #expect(some.status == 200 && secret.firstMatch(of: /[A-Za-z0-9_-]{30,}|\b\d{6}\b/) != nil)
                let seen = some["results"]?.elements ?? []
                #expect(seen.allSatisfy { $0["html"]?.text == "" && $0["links"]?.elements.isEmpty == true })
                #expect(seen.allSatisfy { $0["text"]?.text?.contains("Only administrators") == true }, "\(some.text)")
                // Nor are they guessed by searching.
                let word = try #require(secret.firstMatch(of: /[A-Za-z0-9_-]{30,}|\b\d{6}\b/)?.0)
                #expect(try await admin.send("GET", "/api/admin/mailbox/?search=\(word)")["count"]?.number == 1)
                #expect(try await clerk.send("GET", "/api/admin/mailbox/?search=\(word)")["count"]?.number == 0)
            }
            let welcome = try await clerk.send("GET", "/api/admin/mailbox/?to=clerk@example.com&search=Welcome")
            #expect(welcome["results"]?[0]?["text"]?.text?.contains("is ready") == true, "\(welcome.text)")
            #expect(try await clerk.send("DELETE", "/api/admin/mailbox/").status == 403)
        }
    }

    @Test func `bodies beyond the limit, of deep nesting and of repeated names are refused`() async throws {
        try await withShop(.sqlite) { stand in
            let deep = String(repeating: "[", count: 100_000)
            for (body, statuses) in [
                (#"{"email": ""# + String(repeating: "a", count: 2 << 20) + #""}"#, [413]),
                (#"{"email": \#(deep)"#, [400]), ("[]", [400]), ("null", [400]), ("", [400]), ("{", [400]),
                (#"{"email": {"$ne": null}, "password": {"$ne": null}}"#, [400]),
                (#"{"email": ["ada@example.com"], "password": "x"}"#, [400]),
                (#"{"email": "a' OR '1'='1", "password": "x' OR '1'='1"}"#, [401]),
            ] {
                let answer = try await stand.anonymous.send(
                    "POST", "/api/auth/login/", headers: ["Content-Type": "application/json"], body: Array(body.utf8))
                #expect(statuses.contains(answer.status), "\(body.prefix(60)): \(answer.status) \(answer.text)")
            }
        }
    }
}
