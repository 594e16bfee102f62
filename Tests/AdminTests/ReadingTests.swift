import AdminPages
import Primitives
import Testing

@testable import Admin

/// What pages read of an endpoint's answer, and the calls that they make of it.
@Suite struct ReadingTests {
    private static let row = JSONValue.object([
        "id": .number("7"), "name": .string("a/b c"), "flag": .bool(false), "none": .null, "blank": .string(""),
        "zero": .string("0.00"), "sum": .string("0.01"), "less": .number("-3"),
        "vendor": .object(["name": .string("V"), "id": .number("3")]),
        "items": .array([.object(["sku": .string("A")]), .object(["sku": .string("B")])]), "empty": .array([]),
        "tags": .array([.string("a"), .string("b")]),
    ])

    @Test(
        arguments: [
            ("id", "7"), ("vendor.name", "V"), ("items.1.sku", "B"), ("items.2.sku", nil), ("items.x", nil),
            ("vendor", nil),
            ("nothing.at.all", nil), ("flag", "false"), ("none", nil), ("blank", ""), ("", nil),
        ] as [(String, String?)])
    func `a member is found by dots and places`(_ path: String, _ text: String?) {
        #expect(Self.row.text(path) == text)
    }

    @Test(
        arguments: [
            (.always, true), (.holds("flag"), false), (.holds("name"), true), (.exceedsZero("sum"), true),
            (.exceedsZero("zero"), false),
            (.exceedsZero("less"), false), (.exceedsZero("name"), false), (.oneOf("tags", ["b"]), true),
            (.oneOf("tags", ["c"]), false), (.holds("blank"), false),
            (.holds("items"), true), (.holds("empty"), false), (.holds("none"), false), (.holds("nothing"), false),
            (.holds("less"), false), (.holds("id"), true), (.not(.holds("flag")), true),
            (.oneOf("name", ["x", "a/b c"]), true),
            (.oneOf("name", []), false), (.oneOf("id", ["7"]), true), (.oneOf("nothing", ["7"]), false),
            (.oneOf("flag", ["false"]), true), (.all([]), true), (.any([]), false),
            (.all([.always, .holds("flag")]), false), (.any([.holds("flag"), .always]), true),
            (.not(.any([.holds("flag"), .holds("blank")])), true),
        ] as [(AdminCondition, Bool)])
    func `a condition holds by what the row says`(_ condition: AdminCondition, _ holds: Bool) {
        #expect(condition.isMet(by: Self.row) == holds)
    }

    @Test(
        arguments: [
            ("/api/x/", "/api/x/"), ("/api/x/{id}/", "/api/x/7/"), ("/api/x/{name}/y/", "/api/x/a%2Fb%20c/y/"),
            ("/api/{vendor.id}/{id}/", "/api/3/7/"), ("/api/{nothing}/", nil), ("/api/{none}/", nil),
            ("/api/{vendor}/", nil),
            ("/api/{row.sku}/", "/api/A/"), ("/api/{id}/{row.sku}/?size=1", "/api/7/A/?size=1"), ("/api/{id", nil),
        ] as [(String, String?)])
    func `a path is made of the row's members, and of nothing where one is missing`(
        _ template: String, _ path: String?
    ) {
        #expect(AdminCall.path(template, for: Self.row, within: .object(["sku": .string("A")])) == path)
    }

    @Test func `no member of a row makes a path lead elsewhere`() throws {
        for name in ["../../users/1", "/", "?a=b", "#", "%2e%2e", "a\r\nb", "\u{338}", "{id}"] {
            let path = try #require(AdminCall.path("/api/x/{name}/", for: .object(["name": .string(name)])))
            #expect(path.cut(at: "/").count == 5 && !path.holds(anyOf: "?#\r\n{}"), "\(path)")
            let item = try #require(TrialSite.screen.itemPath(name))
            #expect(item.cut(at: "/").count == 5 && !item.holds(anyOf: "?#\r\n{}"), "\(item)")
        }
    }

    @Test(
        arguments: [
            ("/admin/", "/admin/"), ("/admin/orders/?status=paid", "/admin/orders/?status=paid"), (nil, "/admin/"),
            ("", "/admin/"),
            ("/", "/admin/"), ("//admin/", "/admin/"), ("https://a/admin/", "/admin/"), ("/admin/\\\\a", "/admin/"),
            ("/admin/\r\na", "/admin/"), ("/admin/sign-in/", "/admin/"), ("/admin/sign-out/", "/admin/"),
            ("/adminx/", "/admin/"),
        ] as [(String?, String)])
    func `a way back stays within the admin`(_ path: String?, _ inner: String) {
        #expect(AdminPage.inner(path) == inner)
    }

    @Test func `a list comes in pages or whole`() {
        let page = JSONValue.object(["count": .number("30"), "results": .array([.null, .null])])
        #expect(page.rows.count == 2 && page.count == 30)
        let whole = JSONValue.array([.null, .null, .null])
        #expect(whole.rows.count == 3 && whole.count == 3)
        #expect(JSONValue.null.rows.isEmpty && JSONValue.null.count == 0)
    }
}

/// Tokens of forms and the code of the first run.
@Suite struct AdminSealsTests {
    @Test func `a token is good for its reader alone, and for one shop's secret alone`() {
        let (seals, others) = (
            AdminSeals(SecretKey("one secret of a test")), AdminSeals(SecretKey("another secret of it"))
        )
        let token = seals.token(for: "session 1")
        #expect(seals.isToken(token, for: "session 1"))
        for reader in ["session 2", "visitor 1", "session 1 ", "", "session 10"] {
            #expect(!seals.isToken(token, for: reader), "\(reader)")
        }
        for wrong in [nil, "", token + "A", String(token.dropLast()), token.lowercased(), " " + token] {
            #expect(!seals.isToken(wrong, for: "session 1"))
        }
        #expect(!others.isToken(token, for: "session 1"))
        let next = seals.token(for: "session 1")
        #expect(next != token && seals.isToken(next, for: "session 1"), "each page has another")
        let mixed = String(next.prefix { $0 != "." }) + String(token.drop { $0 != "." })
        #expect(!seals.isToken(mixed, for: "session 1"))
    }

    @Test func `a token tells whose form it was at which browser, and is good whole or not at all`() {
        let seals = AdminSeals(SecretKey("one secret of a test"))
        let token = seals.token(for: "session 1", user: "7", at: "v")
        #expect(seals.isToken(token, for: "session 1", at: "v") && seals.owner(of: token, at: "v") == "7")
        #expect(!seals.isToken(token, for: "session 2", at: "v"))
        for visitor in [nil, "", "w", "v "] {
            #expect(seals.owner(of: token, at: visitor) == nil && !seals.isToken(token, for: "session 1", at: visitor))
        }
        let other = seals.token(for: "session 1", user: "8", at: "v")
        let (mine, theirs) = (token.split(separator: "."), other.split(separator: "."))
        let mixed = [
            token + "A", String(token.dropLast()), token + ".", mine.dropLast().joined(separator: "."),
            "\(mine[0]).\(mine[1]).\(theirs[2]).\(theirs[3])", "\(mine[0]).\(mine[1]).8.\(mine[3])",
            seals.token(for: "user 7 at v"),
        ]
        for wrong in mixed {
            #expect(seals.owner(of: wrong, at: "v") == nil, "\(wrong)")
            #expect(!seals.isToken(wrong, for: "session 1", at: "v"), "\(wrong)")
        }
        #expect(seals.owner(of: seals.token(for: "visitor v"), at: "v") == nil)
    }

    @Test func `the code of the first run is a secret's own and no token`() {
        let (seals, others) = (
            AdminSeals(SecretKey("one secret of a test")), AdminSeals(SecretKey("another secret of it"))
        )
        #expect(seals.isSetupCode(seals.setupCode) && !others.isSetupCode(seals.setupCode))
        #expect(!seals.isSetupCode("") && !seals.isSetupCode(seals.setupCode + "0"))
        #expect(seals.setupCode.utf8.count == 24 && seals.setupCode != seals.token(for: "first"))
    }
}
