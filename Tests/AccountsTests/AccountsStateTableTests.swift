import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// Two factors, sessions and the fields of a profile: what each step answers in each state, and that a refused one
/// changes nothing.
@Suite struct AccountsStateTableTests {
    /// Where an account is with its second factor.
    private enum Factor: CaseIterable {
        case none
        case prepared
        case on
        case offAgain
    }

    /// A step, and what it answers in the states of `Factor`, in their order.
    private static let steps: [(path: String, code: String, answers: [String])] = [
        ("setup/", "", ["200", "200", "409 two_factor_enabled", "200"]),
        (
            "enable/", "right",
            ["409 two_factor_not_set_up", "200", "409 two_factor_enabled", "409 two_factor_not_set_up"]
        ),
        (
            "enable/", "000000",
            ["409 two_factor_not_set_up", "400 code", "409 two_factor_enabled", "409 two_factor_not_set_up"]
        ),
        ("enable/", "", ["400 code", "400 code", "400 code", "400 code"]),
        (
            "disable/", "right",
            ["409 two_factor_disabled", "409 two_factor_disabled", "200", "409 two_factor_disabled"]
        ),
        (
            "disable/", "000000",
            ["409 two_factor_disabled", "409 two_factor_disabled", "400 code", "409 two_factor_disabled"]
        ),
        (
            "disable/", "",
            [
                "409 two_factor_disabled", "409 two_factor_disabled", "403 fresh_factor_required",
                "409 two_factor_disabled",
            ]
        ),
        (
            "regenerate-backup-codes/", "right",
            ["409 two_factor_disabled", "409 two_factor_disabled", "200", "409 two_factor_disabled"]
        ),
        (
            "regenerate-backup-codes/", "000000",
            ["409 two_factor_disabled", "409 two_factor_disabled", "400 code", "409 two_factor_disabled"]
        ),
        (
            "regenerate-backup-codes/", "",
            [
                "409 two_factor_disabled", "409 two_factor_disabled", "403 fresh_factor_required",
                "409 two_factor_disabled",
            ]
        ),
    ]

    /// What is kept of a second factor: its rows and its codes.
    private func kept(_ shop: AccountsHarness, _ id: Int64) async throws -> [String] {
        try await shop.database.read { connection in
            let factor = try connection.column(
                "SELECT secret FROM two_factor WHERE user_id = \(id)", as: String.self)
            let codes = try connection.column(
                "SELECT code_hash FROM backup_codes WHERE user_id = \(id) ORDER BY code_hash", as: String.self)
            let isOn = try connection.column("SELECT is_enabled FROM two_factor WHERE user_id = \(id)", as: Int.self)
            let flags: [String] = isOn.map { String($0) }
            return factor + codes + flags
        }
    }

    /// Brings an account into a state; gives its authenticator, where it has one.
    private func bring(
        _ login: AccountsHarness.Login, to state: Factor, _ shop: AccountsHarness
    ) async throws -> TOTP? {
        try await shop.setVerified(login)
        switch state {
        case .none: return nil
        case .prepared:
            let setup = try await shop.call(.post, "/api/auth/2fa/setup/", token: login.access)
            let text = try #require(setup.text("secret"))
            let secret = try #require(Base32.decode(text))
            return TOTP(secret: secret)
        case .on: return try await shop.turnFactorOn(login).totp
        case .offAgain:
            let totp = try await shop.turnFactorOn(login).totp
            let off = try await shop.call(
                .post, "/api/auth/2fa/disable/",
                #"{"password": "\#(AccountsHarness.password)", "code": "\#(shop.freshCode(of: totp))"}"#,
                token: login.access)
            try #require(off.status == 200, "\(off.json)")
            return totp
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: Backend.available)
    func `each step of two factors answers in each state as the table says`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            var number = 0
            for (path, code, answers) in Self.steps {
                for (state, expected) in zip(Factor.allCases, answers) {
                    number += 1
                    let login = try await shop.customer("user\(number)@example.com")
                    let totp = try await bring(login, to: state, shop)
                    let fresh = totp.map { shop.freshCode(of: $0) } ?? "123456"
                    let sent = code == "right" ? fresh : code
                    let before = try await kept(shop, login.id)
                    let fields = sent.isEmpty ? "" : #", "code": "\#(sent)""#
                    let answer = try await shop.call(
                        .post, "/api/auth/2fa/" + path, #"{"password": "\#(AccountsHarness.password)"\#(fields)}"#,
                        token: login.access)
                    let place = "\(path) \(code) \(state): \(answer.json)"
                    let parts = expected.split(separator: " ").map(String.init)
                    #expect(answer.status == Int(parts[0]), "\(place)")
                    let after = try await kept(shop, login.id)
                    if parts.count == 2 {
                        #expect(answer.text("code") == parts[1] || answer[parts[1]] != nil, "\(place)")
                        #expect(after == before, "\(place)")
                    } else {
                        #expect(after != before, "\(place)")
                    }
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `nobody without a token takes a step of two factors, and nobody takes another's`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let (ada, eve) = (try await shop.customer(), try await shop.customer("eve@example.com"))
            let (totp, codes) = try await shop.turnFactorOn(ada)
            let before = try await kept(shop, ada.id)
            for (path, _, _) in Self.steps {
                let answer = try await shop.call(.post, "/api/auth/2fa/" + path, #"{"code": "123456"}"#)
                #expect(answer.status == 401, "\(path): \(answer.json)")
            }
            _ = try await shop.turnFactorOn(eve)
            // A code of Ada's authenticator, and one of her backup codes, are nothing to Eve's account.
            for code in [shop.freshCode(of: totp), codes[0]] {
                let answer = try await shop.call(
                    .post, "/api/auth/2fa/disable/",
                    #"{"password": "\#(AccountsHarness.password)", "code": "\#(code)"}"#, token: eve.access)
                #expect(answer.status == 400 && answer["code"] != nil, "\(answer.json)")
            }
            #expect(try await kept(shop, ada.id) == before)
            let counted = try await shop.call(.get, "/api/auth/2fa/backup-codes/", token: ada.access)
            #expect(counted["remaining"] == .number("10"))
        }
    }

    /// Sessions that live, by their id, under logins, logouts, endings and the passing of time.
    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2] as [UInt64])
    func `the list of sessions is who is in, the last used first, whatever ended the others`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await AccountsHarness.with(backend) { shop in
            let eve = try await shop.customer("eve@example.com")
            var live = [try await shop.customer()]
            for step in 0..<30 {
                let index = random.number(below: live.count)
                shop.clock.advance(by: .seconds(5))
                switch random.number(below: 7) {
                case 0, 1, 2:
                    live.append(try AccountsHarness.login(try await shop.logIn()))
                case 3 where live.count > 1:
                    let body = #"{"refresh": "\#(live[index].refresh)"}"#
                    let out = try await shop.call(.post, "/api/auth/logout/", body, token: live[index].access)
                    #expect(out.status == 200, "\(out.json)")
                    live.remove(at: index)
                case 4 where live.count > 1:
                    let other = live[(index + 1) % live.count]
                    let current = try await shop.call(.get, "/api/auth/sessions/current/", token: other.access)
                    let path = "/api/auth/sessions/\(current.id)/"
                    #expect(try await shop.call(.delete, path, token: eve.access).status == 404)
                    #expect(try await shop.call(.delete, path, token: live[index].access).status == 204)
                    #expect(try await shop.call(.delete, path, token: live[index].access).status == 404)
                    live.remove(at: (index + 1) % live.count)
                case 5 where random.number(below: 3) == 0:
                    let path = "/api/auth/sessions/terminate-all/"
                    #expect(try await shop.call(.delete, path, token: live[index].access).status == 204)
                    live = [live[index]]
                default: break
                }
                try await compare(shop, live, step)
            }
            #expect(try await shop.isLive(eve))
        }
    }

    private func compare(_ shop: AccountsHarness, _ live: [AccountsHarness.Login], _ step: Int) async throws {
        var ids: Set<Int64> = []
        for login in live {
            let current = try await shop.call(.get, "/api/auth/sessions/current/", token: login.access)
            try #require(current.status == 200 && current["is_current"] == .bool(true), "step \(step)")
            ids.insert(current.id)
        }
        try #require(ids.count == live.count, "step \(step)")
        for login in live.prefix(2) {
            let list = try await shop.call(.get, "/api/auth/sessions/?page_size=100", token: login.access)
            let found = list.results.map { $0["id"]?.integer ?? 0 }
            try #require(Set(found) == ids && found.count == ids.count, "step \(step): \(list.json)")
            #expect(list.results.count { $0["is_current"] == .bool(true) } == 1, "step \(step)")
            let used = list.results.compactMap { $0["last_activity_at"]?.text }
            #expect(used == used.sorted(by: >), "step \(step): \(used)")
        }
    }

    /// A body of PATCH, and what it makes of the field; nil where it is refused on it.
    private static let fields: [(field: String, sent: String, kept: String?)] = [
        ("first_name", #""Ada""#, "Ada"), ("first_name", #""  Ada  ""#, "Ada"), ("first_name", #""""#, nil),
        ("first_name", #""   ""#, nil), ("first_name", "null", nil), ("first_name", "7", "7"),
        ("first_name", "{}", nil), ("first_name", "[]", nil), ("first_name", "true", nil),
        ("last_name", #""O'Brien-Łódź""#, "O'Brien-Łódź"), ("last_name", #""""#, nil),
        ("bio", #""""#, ""), ("bio", #""two\nlines""#, "two\nlines"),
        ("username", #""ada.l_9-x""#, "ada.l_9-x"), ("username", #""12345""#, nil), ("username", #""a b""#, nil),
        ("username", #""ada@l""#, nil), ("username", #""Łada""#, nil),
        ("phone_number", #""+49 30 12345-67""#, "+49301234567"), ("phone_number", #""123""#, nil),
        ("phone_number", #""+0123456789""#, nil), ("phone_number", #""call me""#, nil),
        ("phone_number", #""1234567890123456""#, nil), ("phone_number", #""""#, ""),
        ("date_of_birth", #""1985-12-10""#, "1985-12-10"), ("date_of_birth", #""1985-02-29""#, nil),
        ("date_of_birth", #""1984-02-29""#, "1984-02-29"), ("date_of_birth", #""1899-12-31""#, nil),
        ("date_of_birth", #""1900-01-01""#, "1900-01-01"),
        ("date_of_birth", #""2027-01-16""#, nil), ("date_of_birth", #""10.12.1985""#, nil),
        ("date_of_birth", #""1985-12-10T00:00:00Z""#, nil), ("date_of_birth", "19851210", nil),
        ("gender", #""female""#, "female"), ("gender", #""Female""#, nil), ("gender", "1", nil),
    ]

    @Test(arguments: Backend.available)
    func `a field of a profile takes what it may hold, and what it may not changes nothing`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let path = "/api/auth/profile/"
            for (field, sent, kept) in Self.fields {
                let before = try await shop.call(.get, path, token: ada.access)
                let answer = try await shop.call(.patch, path, #"{"\#(field)": \#(sent)}"#, token: ada.access)
                let after = try await shop.call(.get, path, token: ada.access)
                let place = "\(field) \(sent): \(answer.json)"
                if let kept {
                    #expect(answer.status == 200 && answer.text(field) == kept, "\(place)")
                    #expect(after.json == answer.json, "\(place)")
                } else {
                    #expect(answer.status == 400 && answer[field] != nil, "\(place)")
                    #expect(after.json == before.json, "\(place)")
                }
            }
        }
    }

    /// The longest text that each field takes.
    private static let lengths: [(field: String, longest: Int)] = [
        ("first_name", 150), ("last_name", 150), ("bio", 2_000), ("username", 150),
    ]

    @Test(arguments: Backend.available)
    func `the longest text of each field is kept whole, and one more is refused`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            for (field, longest) in Self.lengths {
                for letter in field == "username" ? ["a"] : ["a", "ü", "漢", "🎩"] {
                    let text = String(repeating: letter, count: longest)
                    let answer = try await shop.call(
                        .patch, "/api/auth/profile/", #"{"\#(field)": "\#(text)"}"#, token: ada.access)
                    #expect(answer.status == 200 && answer.text(field) == text, "\(field) \(letter)")
                    let long = try await shop.call(
                        .patch, "/api/auth/profile/", #"{"\#(field)": "\#(text + letter)"}"#, token: ada.access)
                    #expect(long.status == 400 && long[field] != nil, "\(field) \(letter): \(long.status)")
                    let seen = try await shop.call(.get, "/api/auth/profile/", token: ada.access)
                    #expect(seen.text(field) == text, "\(field) \(letter)")
                }
            }
        }
    }

    /// Settings in the nested `profile`, and what becomes of them; nil where they are refused.
    private static let settings: [(field: String, sent: String, kept: JSONValue?)] = [
        ("preferred_language", #""pt-BR""#, .string("pt-BR")), ("preferred_language", #""portuguese""#, nil),
        ("preferred_language", #""1a""#, nil), ("preferred_currency", #""eur""#, .string("EUR")),
        ("preferred_currency", #""XQQ""#, nil), ("preferred_currency", #""EURO""#, nil),
        ("website_url", #""https://ada.example.com/a?b#c""#, .string("https://ada.example.com/a?b#c")),
        ("website_url", #""javascript:alert(1)""#, nil), ("website_url", #""https://localhost""#, nil),
        ("website_url", #""https://user@example.com""#, nil), ("website_url", #""https://a b.example.com""#, nil),
        ("website_url", #""ftp://example.com""#, nil), ("website_url", #""""#, .string("")),
        ("show_email", "true", .bool(true)), ("show_email", #""perhaps""#, nil),
        ("profile_visibility", #""public""#, .string("public")), ("profile_visibility", #""friends""#, nil),
    ]

    @Test(arguments: Backend.available)
    func `a setting of a profile takes what it may hold, and what it may not changes nothing`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let path = "/api/auth/profile/"
            for (field, sent, kept) in Self.settings {
                let before = try await shop.call(.get, path, token: ada.access)
                let answer = try await shop.call(
                    .patch, path, #"{"profile": {"\#(field)": \#(sent)}}"#, token: ada.access)
                let after = try await shop.call(.get, path, token: ada.access)
                let place = "\(field) \(sent): \(answer.json)"
                if let kept {
                    #expect(answer.status == 200 && answer["profile"]?[field] == kept, "\(place)")
                } else {
                    #expect(answer.status == 400 && answer["profile"]?[field] != nil, "\(place)")
                    #expect(after.json == before.json, "\(place)")
                }
            }
        }
    }
}
