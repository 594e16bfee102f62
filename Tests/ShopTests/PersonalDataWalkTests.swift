import Commerce
import Jobs
import KontorApp
import Modules
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp
@testable import Privacy

/// What each room says that it knows of people, over a shop in which two of them have filled every room.
@Suite(.timeLimit(.minutes(12)))
struct PersonalDataWalkTests {
    /// A word that is in all that somebody wrote, and in nothing of anybody else's.
    private static let ada = "qxada"
    private static let bob = "qxbob"

    /// Each part of an archive, and what of its user has to be in it; `NAME` is their word.
    private static let parts: [String: [String]] = [
        "account": ["NAME@example.com", "NAME-first", "NAME-last", "NAME-bio", "NAME-user"],
        "former_addresses": ["old-NAME@example.com"],
        "profile": ["NAME.example.com"],
        "addresses": ["NAME-label", "NAME-name", "NAME-street", "NAME-floor", "NAME-city"],
        "sessions": ["NAME-agent"],
        "logins": ["NAME-agent"],
        "events": [],
        "social_accounts": ["NAME-at-the-provider"],
        "orders": ["NAME@example.com", "NAME-notes", "NAME-name", "NAME-street"],
        "order_items": ["SKU-Cup", "SKU-Mug"],
        "returns": ["NAME-return"],
        "coupons_used": ["coupon_id"],
        "messages": ["NAME@example.com"],
        "mails": ["NAME@example.com"],
        "notification_preferences": ["allow_tracking"],
        "payments": ["sandbox"],
        "refunds": ["NAME-refund"],
        "payment_methods": ["visa"],
        "reviews": ["NAME-title", "NAME-text", "NAME-pros", "NAME-cons"],
        "review_votes": ["is_helpful"],
        "review_responses": ["Thanks"],
        "wishlist": ["price_snapshot"],
        "published_events": ["order.created"],
        "vendor_payouts": ["pending"],
        "vendor_ledger_entries": ["adjustment", "payout"],
        "vendor": ["NAME-shop", "NAME-tax", "NAME-register", "NAME-sells", "NAME-reason"],
        "vendor_profile": ["NAME@shops.example", "NAME.shops.example", "NAME-quay", "NAME-port"],
        "vendor_documents": ["NAME-paper.pdf", "NAME-unread"],
        "vendor_reviews": ["NAME-review"],
    ]

    private struct Person: Sendable {
        let name: String
        let id: Int64
        let probe: HTTPProbe

        var email: String { name + "@example.com" }
        var archived: ArchivedUser { ArchivedUser(id: UserID(id), email: email) }
    }

    /// Somebody who has written something into every room, each time with their word in it.
    private static func person(
        _ name: String, _ stand: ShopHarness, _ admin: HTTPProbe, cup: Int, mug: Int, pays: Bool
    ) async throws -> Person {
        let database = stand.shop.installation.database
        let former = "old-\(name)@example.com"
        _ = try await stand.customer(former)
        let login = try await stand.anonymous.send(
            "POST", "/api/auth/login/", headers: ["User-Agent": name + "-agent/1.0"],
            json: ["email": .string(former), "password": .string(ShopHarness.password)])
        try #require(login.status == 200, "\(login.text)")
        let probe = stand.anonymous.bearing(try #require(login["access"]?.text))
        let id = Int64(try #require(login["user"]?["id"]?.number))
        try await verify(id, database)
        let changed = try await probe.send(
            "PATCH", "/api/auth/profile/",
            json: [
                "email": .string(name + "@example.com"), "password": .string(ShopHarness.password),
                "first_name": .string(name + "-first"), "last_name": .string(name + "-last"),
                "bio": .string(name + "-bio"), "username": .string(name + "-user"),
                "profile": ["website_url": .string("https://\(name).example.com/")],
            ])
        try #require(changed.status == 200, "\(changed.text)")
        try await verify(id, database)
        _ = try await stand.anonymous.send(
            "POST", "/api/auth/login/", headers: ["User-Agent": name + "-agent/2.0"],
            json: ["email": .string(name + "@example.com"), "password": "not-the-password"])
        _ = try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO social_accounts (user_id, provider, provider_user_id, email, access_token, refresh_token,
                profile_data, created_at, updated_at)
                VALUES (\(id), 'google', \(name + "-at-the-provider"), \(name + "@example.com"), '', '', '{}', 0, 0)
                """)
        }
        let person = Person(name: name, id: id, probe: probe)
        try await trade(person, admin, cup: cup, mug: mug, pays: pays)
        try await sell(person, stand, admin)
        return person
    }

    /// An application with a paper, which was rejected after a payout, and a review of a vendor.
    private static func sell(_ person: Person, _ stand: ShopHarness, _ admin: HTTPProbe) async throws {
        let (name, probe) = (person.name, person.probe)
        let made = try await probe.send(
            "POST", "/api/vendors/register/",
            json: [
                "business_name": "Stall", "business_type": "individual",
                "tax_id": .string(name + "-tax"), "registration_number": .string(name + "-register"),
                "description": .string(name + "-sells"), "email": .string(name + "@shops.example"),
                "website": .string("https://\(name).shops.example/"),
            ])
        try #require(made.status == 201, "\(made.text)")
        try await payOut(CommerceFixture.text(made["id"]), admin)
        let changed = try await probe.send(
            "PATCH", "/api/vendors/profile/",
            json: [
                "business_name": .string(name + "-shop"),
                "profile": [
                    "address_line1": .string(name + "-quay"), "city": .string(name + "-port"),
                    "bank_account": [
                        "account_holder": .string(name + "-holder"), "bank_name": .string(name + "-bank"),
                        "account_number": "12345678",
                    ],
                ],
            ])
        try #require(changed.status == 200, "\(changed.text)")
        let head =
            "--b\r\nContent-Disposition: form-data; name=\"document_type\"\r\n\r\nid_proof\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"\(name)-paper.pdf\"\r\n\r\n"
        let paper = try await probe.send(
            "POST", "/api/vendors/documents/", headers: ["Content-Type": "multipart/form-data; boundary=b"],
            body: Array(head.utf8) + VendorsTable.pdf + Array("\r\n--b--\r\n".utf8))
        try #require(paper.status == 201, "\(paper.text)")
        let path = "/api/admin/vendors/\(CommerceFixture.text(made["id"]))/"
        for (verb, field, word) in [
            ("documents/\(CommerceFixture.text(paper["id"]))/reject/", "rejection_reason", "-unread"),
            ("reject/", "reason", "-reason"),
        ] {
            let no = try await admin.send("PUT", path + verb, json: .object([field: .string(name + word)]))
            try #require(no.status == 200, "\(no.text)")
        }
        _ = try await stand.shop.installation.database.write { tx in
            try tx.execute(
                """
                INSERT INTO vendor_reviews (vendor_id, user_id, order_id, rating, review_text, response, created_at)
                SELECT id, \(person.id), \(person.id), 3, \(name + "-review"), \(name + "-answered"), 0 FROM vendors
                WHERE user_id = \(person.id)
                """)
        }
    }

    private static func verify(_ user: Int64, _ database: any Database) async throws {
        _ = try await database.write { tx in
            try tx.execute("UPDATE users SET is_email_verified = 1 WHERE id = \(user)")
        }
    }

    /// Pays a vendor something out; the books keep the name that it has then.
    private static func payOut(_ vendor: String, _ admin: HTTPProbe) async throws {
        _ = try await admin.send(
            "POST", "/api/admin/vendors/\(vendor)/adjustments/", json: ["amount": "5.00", "reason": "x"])
        let paid = try await admin.send(
            "POST", "/api/admin/vendors/payouts/process/",
            json: [
                "period_start": "2026-01-01", "period_end": "2099-12-31", "vendors": .array([.number(vendor)]),
            ])
        try #require(paid.status == 201, "\(paid.text)")
    }

    /// An order of what costs nothing, which came and of which one was to come back; one with a coupon that waits; and
    /// something in the cart.
    private static func trade(_ person: Person, _ admin: HTTPProbe, cup: Int, mug: Int, pays: Bool) async throws {
        let (name, probe) = (person.name, person.probe)
        let address = try await probe.send(
            "POST", "/api/auth/addresses/",
            json: [
                "address_type": "both", "label": .string(name + "-label"), "full_name": .string(name + "-name"),
                "address_line1": .string(name + "-street"), "address_line2": .string(name + "-floor"),
                "city": .string(name + "-city"), "state": "IL", "postal_code": "62701", "country": "US",
            ])
        try #require(address.status == 201, "\(address.text)")
        let wishes = try await probe.send(
            "PATCH", "/api/notifications/preferences/", json: ["newsletter": .bool(false)])
        try #require(wishes.status == 200, "\(wishes.text)")
        let home = try #require(address["id"])
        let free = try await order(cup, person, home, [:])
        let path = "/api/admin/orders/\(CommerceFixture.text(free["id"]))/"
        let note = try await admin.send("POST", path + "notes/", json: ["text": .string(name + "-said")])
        try #require(note.status == 201, "\(note.text)")
        for status in ["shipped", "delivered"] {
            let moved = try await admin.send(
                "PUT", path + "status/", json: ["status": .string(status), "note": .string(name + "-moved")])
            try #require(moved.status == 200, "\(moved.text)")
        }
        try await review(cup, person, admin)
        let item = try #require(free["items"]?[0]?["id"])
        let back = try await probe.send(
            "POST", "/api/orders/\(CommerceFixture.text(free["id"]))/returns/",
            json: [
                "items": .array([["order_item_id": item, "quantity": 1, "reason": .string(name + "-reason")]]),
                "note": .string(name + "-return"),
            ])
        try #require(back.status == 201, "\(back.text)")
        let no = try await admin.send(
            "POST", "/api/admin/returns/\(CommerceFixture.text(back["id"]))/reject/",
            json: ["note": .string(name + "-refused")])
        try #require(no.status == 200, "\(no.text)")
        let paid = try await order(mug, person, home, ["coupon_code": "QQ"])
        _ = try await PaymentDesk(payer: probe, admin: admin).savedCard()
        if pays { try await pay(paid, person, admin) }
        let more = try await probe.send("POST", "/api/cart/add/", json: ["product_id": .number(String(mug))])
        try #require(more.status == 201, "\(more.text)")
        let wish = try await probe.send("POST", "/api/wishlist/add/", json: ["product_id": .number(String(mug))])
        try #require(wish.status == 201, "\(wish.text)")
    }

    /// A review that staff rejected, approved, and answered.
    private static func review(_ product: Int, _ person: Person, _ admin: HTTPProbe) async throws {
        let name = person.name
        let made = try await person.probe.send(
            "POST", "/api/products/\(product)/reviews/",
            json: [
                "rating": 4, "title": .string(name + "-title"), "review_text": .string(name + "-text"),
                "pros": .string(name + "-pros"), "cons": .string(name + "-cons"),
            ])
        try #require(made.status == 201, "\(made.text)")
        let id = CommerceFixture.text(made["id"])
        for (method, path, body) in [
            ("PUT", "/api/admin/reviews/\(id)/reject/", ["reason": .string(name + "-hidden")]),
            ("PUT", "/api/admin/reviews/\(id)/approve/", [:]),
            ("POST", "/api/reviews/\(id)/respond/", ["response_text": .string("Dear " + name)]),
        ] as [(String, String, JSONValue)] {
            let answer = try await admin.send(method, path, json: body)
            try #require((200...299).contains(answer.status), "\(path): \(answer.text)")
        }
    }

    /// Has both of them vote on a review of somebody else, and each answer one.
    private static func reply(_ people: [Person], _ products: [Int], _ database: any Database) async throws {
        let reviews = try await database.write { tx in
            try zip(people, products).map { person, product in
                let review = try tx.insert(
                    """
                    INSERT INTO product_reviews (product_id, user_id, rating, title, review_text, is_verified, status,
                    created_at, updated_at) SELECT \(product), id, 5, 'T', 'R', 0, 'approved', 0, 0 FROM users
                    WHERE email = \(ShopHarness.adminEmail)
                    """)
                try tx.execute(
                    """
                    INSERT INTO review_responses (review_id, responder_id, responder_role, response_text, created_at,
                    updated_at) VALUES (\(review), \(person.id), 'vendor', 'Thanks', 0, 0)
                    """)
                return review
            }
        }
        for person in people {
            let vote = try await person.probe.send(
                "POST", "/api/reviews/\(reviews[0])/helpful/", json: ["is_helpful": .bool(true)])
            try #require(vote.status == 200, "\(vote.text)")
        }
    }

    /// A payment of which something was to come back.
    private static func pay(_ order: ProbeResponse, _ person: Person, _ admin: HTTPProbe) async throws {
        let (name, probe) = (person.name, person.probe)
        let desk = PaymentDesk(payer: probe, admin: admin)
        let payment = try await desk.completed(order: CommerceFixture.text(order["id"]))
        let asked = try await desk.sent(
            "POST", "/api/payments/\(payment)/refund/", ["amount": "1.00", "reason": .string(name + "-refund")],
            by: probe)
        _ = try await desk.sent(
            "POST", "/api/admin/refunds/\(CommerceFixture.text(asked["id"]))/reject/",
            ["reason": .string(name + "-refused")], by: admin)
    }

    private static func order(
        _ product: Int, _ person: Person, _ home: JSONValue, _ more: [String: JSONValue]
    ) async throws -> ProbeResponse {
        _ = try await person.probe.send(
            "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 2])
        let body: [String: JSONValue] = [
            "shipping_address_id": home, "payment_method": "cod", "notes": .string(person.name + "-notes"),
        ]
        let order = try await person.probe.send(
            "POST", "/api/orders/", json: .object(body.merging(more) { $1 }))
        try #require(order.status == 201, "\(order.text)")
        return order
    }

    private static func withPeople(
        _ backend: Backend, paying: Bool = false,
        _ body: @escaping @Sendable (ShopHarness, Person, Person) async throws -> Void
    ) async throws {
        let settings = ["SANDBOX_GATEWAY": "true", "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8"]
        try await withShop(backend, settings: settings) { stand in
            let admin = try await stand.admin()
            // Nobody is there: what is told of both waits.
            let hook = try await admin.send(
                "POST", "/api/admin/webhooks/", json: ["url": "http://127.0.0.1:9/", "topics": .array(["*"])])
            try #require(hook.status == 201, "\(hook.text)")
            let cup = try await stand.product("Cup", price: "0.00", stock: 50, by: admin)
            let mug = try await stand.product("Mug", stock: 50, by: admin)
            let coupon = try await admin.send(
                "POST", "/api/admin/coupons/",
                json: ["code": "QQ", "discount_type": "percentage", "discount_value": "10"])
            try #require(coupon.status == 201, "\(coupon.text)")
            let first = try await Self.person(Self.ada, stand, admin, cup: cup, mug: mug, pays: paying)
            let second = try await Self.person(Self.bob, stand, admin, cup: cup, mug: mug, pays: paying)
            let database = stand.shop.installation.database
            try await reply([first, second], [cup, mug], database)
            for email in [first.email, second.email] {
                try await poll("a mail to \(email)", atMost: .seconds(90)) {
                    try await database.read {
                        try $0.value("SELECT COUNT(*) FROM mailbox WHERE recipient = \(email)", as: Int.self) ?? 0
                    } > 0
                }
            }
            try await body(stand, first, second)
        }
    }

    /// The parts of a person's archive as JSON, by name.
    private static func archive(_ person: Person, _ stand: ShopHarness) async throws -> [String: String] {
        let found = stand.shop.modules.personalData.flatMap(\.archive)
        let user = person.archived
        return try await stand.shop.installation.database.read { connection in
            var texts: [String: String] = [:]
            for part in found {
                let rows = try ArchiveQueries.rows(of: part, user, connection)
                texts[part.name] = String(decoding: try JSONBytes.encode(rows), as: UTF8.self)
            }
            return texts
        }
    }

    @Test(arguments: Backend.available)
    func `each room's part of an archive holds what its user wrote, and nothing of another's`(
        _ backend: Backend
    ) async throws {
        try await Self.withPeople(backend, paying: true) { stand, ada, bob in
            let names = stand.shop.modules.personalData.flatMap(\.archive).map(\.name)
            #expect(Set(names).count == names.count, "two rooms bring parts of one name: \(names)")
            #expect(Set(names) == Set(Self.parts.keys), "a part that no row of the table is for")
            for (person, other) in [(ada, bob), (bob, ada)] {
                let archive = try await Self.archive(person, stand)
                for (part, words) in Self.parts {
                    let text = archive[part] ?? ""
                    #expect(text != "[]", "\(part) of \(person.name) is empty")
                    for word in words.map({ $0.replacing("NAME", with: person.name) }) {
                        #expect(text.contains(word), "\(part) of \(person.name) lacks \(word): \(text)")
                    }
                    #expect(!text.contains(other.name), "\(part) of \(person.name): \(text)")
                    for secret in ["argon2", "token_hash", ShopHarness.password] {
                        #expect(!text.contains(secret), "\(part) holds \(secret): \(text)")
                    }
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an erased person is in no text of any table, and everybody else is where they were`(
        _ backend: Backend
    ) async throws {
        try await Self.withPeople(backend) { stand, ada, bob in
            let database = stand.shop.installation.database
            let filled = try await database.read { try TextScan.findings(of: Self.ada, $0) }
            let tables = Set(filled.map { $0.table.lowercased() })
            for table in [
                "users", "user_profiles", "usernames", "former_emails", "addresses", "user_sessions", "login_history",
                "social_accounts", "orders", "order_events", "order_notes", "returns", "return_items", "coupon_usages",
                "mailbox", "email_logs", "audit_entries", "product_reviews", "review_responses", "shop_events",
                "vendors", "vendor_profiles", "vendor_documents", "vendor_reviews",
            ] {
                #expect(tables.contains(table), "\(table) was not filled: \(tables.sorted())")
            }
            let before = try await Self.archive(bob, stand)
            let done = try await ada.probe.send(
                "DELETE", "/api/auth/account/delete/",
                json: ["password": .string(ShopHarness.password), "confirmation": "DELETE"])
            #expect(done.status == 204, "\(done.text)")
            let jobs = stand.shop.jobs
            try await database.write { tx in _ = try jobs.enqueue(EraseEndedOrders(), in: tx) }
            // What is left after that time is told by table and column below.
            try? await poll("the erasure", atMost: .seconds(60)) {
                try await database.read { try TextScan.findings(of: Self.ada, $0) }.isEmpty
            }
            let left = try await database.read { try TextScan.findings(of: Self.ada, $0) }
            #expect(left.isEmpty, "\(left)")
            for (part, text) in try await Self.archive(ada, stand) {
                #expect(!text.contains(Self.ada), "\(part): \(text)")
            }
            let after = try await Self.archive(bob, stand)
            for part in Self.parts.keys where !["messages", "mails", "sessions"].contains(part) {
                #expect(after[part] == before[part], "\(part) of \(bob.name)")
            }
            #expect(try await bob.probe.send("GET", "/api/orders/")["count"]?.number == 2)
            #expect(try await ada.probe.send("GET", "/api/orders/").status == 401)
            let ratings: Query = "SELECT rating FROM product_reviews WHERE title = '' AND review_text = ''"
            #expect(try await database.read { try $0.column(ratings, as: Int.self) } == [4], "the rating stays")
            let sums = try await database.read {
                try $0.column("SELECT total FROM orders ORDER BY id", as: Int.self)
            }
            #expect(sums == [0, 1_800, 0, 1_800], "the books keep their amounts")
        }
    }

    @Test(arguments: Backend.available)
    func `of what an erased person paid the amounts stay, and the name is in invoices and invoiced orders alone`(
        _ backend: Backend
    ) async throws {
        try await Self.withPeople(backend, paying: true) { stand, ada, _ in
            let database = stand.shop.installation.database
            let before = try await database.read(Self.books)
            let filled = try await database.read { try TextScan.findings(of: Self.ada, $0) }.map(\.table)
            #expect(Set(filled).isSuperset(of: ["refunds", "audit_entries", "invoices"]), "\(filled)")
            let done = try await ada.probe.send(
                "DELETE", "/api/auth/account/delete/",
                json: ["password": .string(ShopHarness.password), "confirmation": "DELETE"])
            #expect(done.status == 204, "\(done.text)")
            let jobs = stand.shop.jobs
            try await database.write { tx in _ = try jobs.enqueue(EraseEndedOrders(), in: tx) }
            let kept: Set = ["invoices", "orders"]
            try? await poll("the erasure", atMost: .seconds(90)) {
                let found = try await database.read { try TextScan.findings(of: Self.ada, $0) }
                return found.allSatisfy { kept.contains($0.table) }
            }
            let left = try await database.read { try TextScan.findings(of: Self.ada, $0) }
            #expect(left.allSatisfy { kept.contains($0.table) }, "\(left)")
            let user = try await database.read {
                try $0.value("SELECT COUNT(*) FROM payment_methods WHERE user_id = \(ada.id)", as: Int.self)
            }
            #expect(user == 0)
            try? await poll("the gateway to forget the card", atMost: .seconds(90)) {
                try await database.read(Self.cardsAtTheGateway) == [1, 1]
            }
            #expect(try await database.read(Self.cardsAtTheGateway) == [1, 1], "those of the other person")
            #expect(try await database.read(Self.books) == before)
        }
    }

    private static func cardsAtTheGateway(_ connection: Connection) throws -> [Int] {
        try ["SELECT COUNT(*) FROM sandbox_methods", "SELECT COUNT(*) FROM sandbox_customers"].compactMap {
            (count: Query) in try connection.value(count, as: Int.self)
        }
    }

    /// What the law has kept of payments.
    private static func books(_ connection: Connection) throws -> [[Int]] {
        [
            try connection.column("SELECT captured_amount FROM payments ORDER BY id"),
            try connection.column("SELECT id FROM refunds WHERE status = 'rejected' ORDER BY id"),
            try connection.column(
                """
                SELECT e.debit - e.credit FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
                WHERE t.kind IN ('invoice', 'capture', 'fee') ORDER BY e.id
                """),
        ]
    }

    @Test(arguments: Backend.available)
    func `what a room keeps or says of orders it says of tables that there are`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let data = stand.shop.modules.personalData
            #expect(data.count { $0.orders != nil } == 1, "one room alone has orders")
            let named = Set(data.flatMap { Array($0.orderTables) + Array($0.keptTables) })
            let there = try await stand.shop.installation.database.read { connection in
                let query: Query =
                    connection.dialect == .sqlite
                    ? "SELECT name FROM sqlite_master WHERE type = 'table'"
                    : "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                return Set(try connection.column(query, as: String.self).map { $0.lowercased() })
            }
            #expect(named.isSubset(of: there), "\(named.subtracting(there))")
            #expect(named.contains("orders") && named.contains("invoices"), "\(named)")
        }
    }
}
