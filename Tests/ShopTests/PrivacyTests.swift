import FoundationEssentials
import Jobs
import KontorApp
import Media
import Primitives
import Privacy
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// What a shop knows of a person, and that it forgets it.
@Suite(.timeLimit(.minutes(12)))
struct PrivacyTests {
    private static let email = "ada.lovelace@example.com"
    private static let picture =
        (try? ImageCodec.encodePNG(rgb: Array(repeating: 90, count: 64 * 64 * 3), width: 64, height: 64)) ?? []

    /// Reads an archive as somebody else's program does, and prints what it found as JSON.
    private static let reader = """
        import io, json, sys, zipfile
        archive = zipfile.ZipFile(sys.argv[1])
        assert archive.testzip() is None
        found = {name[:-5]: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith('.json')}
        found['files'] = [name for name in archive.namelist() if not name.endswith('.json')]
        print(json.dumps(found))
        """

    @Test(arguments: Backend.available)
    func `an archive holds what the shop knows of a person, and of nobody else`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let ada = try await Self.shopper(stand, Self.email, admin)
            _ = try await Self.shopper(stand, "bob@example.com", admin)
            let asked = try await ada.send("POST", "/api/auth/account/export-data/", json: [:])
            #expect(asked.status == 202, "\(asked.text)")
            let mail = try await Self.mail(to: Self.email, about: "data", by: admin)
            let token = try #require(mail.firstMatch(of: /export\?token=([A-Za-z0-9_-]+)/)?.1)
            let path = "/api/auth/account/export-data/\(token)/"
            let answer = try await stand.anonymous.send("GET", path)
            #expect(answer.status == 200 && answer.header("content-type") == "application/zip")
            #expect(answer.header("cache-control") == "private, no-store")
            let found = try await Self.read(answer.body)
            #expect(found["account"]?[0]?["email"]?.text == Self.email, "\(found)")
            for name in ["addresses", "orders", "order_items", "sessions", "logins", "messages"] {
                #expect(found[name]?.elements.isEmpty == false, "\(name): \(found.members.keys.sorted())")
            }
            #expect(found["files"]?.elements.count == 2)
            let text = String(describing: found)
            for word in ["bob@example.com", "argon2", "token_hash"] { #expect(!text.contains(word), "\(word)") }
        }
    }

    @Test(arguments: Backend.available)
    func `an archive whose time is over is deleted, not laid into the trash`(_ backend: Backend) async throws {
        let clock = MovableClock(startingAt: TimeSource.machine.now)
        try await withShop(backend, time: clock.source) { stand in
            let admin = try await stand.admin()
            let ada = try await Self.shopper(stand, Self.email, admin)
            _ = try await ada.send("POST", "/api/auth/account/export-data/", json: [:])
            _ = try await Self.mail(to: Self.email, about: "data", by: admin)
            let media = stand.shop.installation.media
            #expect(try await media.entries(in: "exports", after: nil, limit: 10).count == 1)
            clock.advance(by: .days(8))
            stand.shop.jobs.wake()
            try await poll("the archive to go", atMost: .seconds(90)) {
                try await media.entries(in: "exports", after: nil, limit: 10).isEmpty
            }
            #expect(try await media.entries(in: "trash", after: nil, limit: 10).isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `an erased person is found nowhere, and the books keep their amounts`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let ada = try await Self.shopper(stand, Self.email, admin)
            let bob = try await Self.shopper(stand, "bob@example.com", admin)
            _ = try await ada.send("POST", "/api/auth/account/export-data/", json: [:])
            _ = try await Self.mail(to: Self.email, about: "data", by: admin)
            let installation = stand.shop.installation
            let (database, media) = (installation.database, installation.media)
            let before = try await stand.shop.erasureAudit(of: Self.email)
            for place in ["users.email", "orders.email", "mailbox.recipient", "users.bio"] {
                #expect(before.findings.contains { $0.hasPrefix(place) }, "\(place): \(before.findings)")
            }
            let sold = try await Self.sold(database)
            let done = try await ada.send(
                "DELETE", "/api/auth/account/delete/",
                json: ["password": .string(ShopHarness.password), "confirmation": "DELETE"])
            #expect(done.status == 204, "\(done.text)")
            try await poll("the files and the last mail to go", atMost: .seconds(90)) {
                try await stand.shop.erasureAudit(of: Self.email).findings.isEmpty
            }
            for word in ["ada.lovelace", "1 Privacy Lane", "+15557755"] {
                let found = try await database.read { try TextScan.findings(of: word, $0) }
                #expect(found.isEmpty, "\(word): \(found)")
            }
            // The avatar is Bob's as well; the cover was hers alone.
            try await poll("the cover to go", atMost: .seconds(90)) {
                try await media.entries(in: "covers", after: nil, limit: 10).isEmpty
            }
            let pictures = try await media.entries(in: "avatars", after: nil, limit: 10)
            #expect(pictures.contains { $0.key.description.split(separator: ".").count == 2 }, "\(pictures)")
            #expect(try await media.entries(in: "exports", after: nil, limit: 10).isEmpty)
            #expect(try await Self.sold(database) == sold)
            let others = try await stand.shop.erasureAudit(of: "bob@example.com")
            #expect(!others.findings.isEmpty)
            #expect(try await bob.send("GET", "/api/orders/")["count"]?.number == 1)
        }
    }

    /// Anybody can register an address that they never show to be theirs.
    @Test(arguments: Backend.available)
    func `who registers another's address erases nothing of theirs`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Mug", stock: 9, by: admin)
            var orders: [JSONValue] = []
            for email in ["victim@example.com", "tom@example.com"] {
                orders.append(try await Self.guestOrder(stand, email, product))
            }
            let before = try await Self.counts(stand)
            // The second is the end of a longer address.
            for email in ["victim@example.com", "m@example.com"] {
                let squatter = try await stand.customer(email)
                let done = try await squatter.send(
                    "DELETE", "/api/auth/account/delete/",
                    json: ["password": .string(ShopHarness.password), "confirmation": "DELETE"])
                #expect(done.status == 204, "\(done.text)")
            }
            #expect(try await Self.counts(stand) == before)
            for order in orders {
                let seen = try await admin.send("GET", "/api/orders/\(CommerceFixture.text(order))/")
                #expect(seen["shipping_address"]?["full_name"]?.text == "V V", "\(seen.text)")
            }
        }
    }

    /// What a request has read before the erasure it must not write after it.
    @Test(arguments: Backend.available)
    func `nothing is written in the name of a person after their erasure`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Mug", stock: 500, by: admin)
            let database = stand.shop.installation.database
            for round in 0..<6 {
                let shopper = try await stand.customer("gone\(round)@example.com")
                let address = try await stand.address(of: shopper)
                await withTaskGroup(of: Void.self) { group in
                    for number in 0..<8 {
                        group.addTask { await Self.writeOnAndOn(shopper, product, address, "\(round)-\(number)") }
                    }
                    group.addTask {
                        _ = try? await shopper.send(
                            "DELETE", "/api/auth/account/delete/",
                            json: ["password": .string(ShopHarness.password), "confirmation": "DELETE"])
                    }
                }
                #expect(try await shopper.send("GET", "/api/auth/profile/").status == 401)
            }
            try await poll("the orders to be cancelled and erased", atMost: .seconds(60)) {
                try await database.read { try $0.value("SELECT COUNT(*) FROM orders WHERE email LIKE 'gone%'") ?? 0 }
                    == 0
            }
            let left = try await database.read { connection in
                try Self.traces.map { try connection.value($0, as: Int.self) ?? 0 }
            }
            #expect(left == Self.traces.map { _ in 0 }, "\(left)")
        }
    }

    private static let traces: [Query] = [
        "SELECT COUNT(*) FROM users WHERE deleted_at IS NOT NULL AND (first_name <> '' OR bio <> '' OR username <> '')",
        "SELECT COUNT(*) FROM users WHERE deleted_at IS NOT NULL AND phone_number <> ''",
        "SELECT COUNT(*) FROM addresses WHERE user_id IN (SELECT id FROM users WHERE deleted_at IS NOT NULL)",
        "SELECT COUNT(*) FROM usernames", "SELECT COUNT(*) FROM orders WHERE email LIKE 'gone%'",
        "SELECT COUNT(*) FROM carts WHERE user_id IS NOT NULL AND status = 'open'",
        "SELECT COUNT(*) FROM two_factor", "SELECT COUNT(*) FROM former_emails",
    ]

    /// Writes what a shopper writes until they are turned away.
    private static func writeOnAndOn(
        _ shopper: HTTPProbe, _ product: Int, _ address: JSONValue, _ name: String
    ) async {
        let item: JSONValue = ["product_id": .number(String(product))]
        let order: JSONValue = ["shipping_address_id": address, "payment_method": "cod"]
        guard case .object(let place) = ShopHarness.address else { return }
        for step in 0..<40 {
            let body: JSONValue = ["first_name": "Left", "bio": "Left", "username": .string("left-\(name)-\(step)")]
            let answers = [
                try? await shopper.send("PATCH", "/api/auth/profile/", json: body),
                try? await shopper.send("POST", "/api/auth/addresses/", json: .object(place)),
                try? await shopper.send("POST", "/api/cart/add/", json: item),
                try? await shopper.send("POST", "/api/orders/", json: order),
                try? await shopper.send("POST", "/api/auth/2fa/setup/"),
                try? await shopper.send("PUT", "/api/auth/phone/update/", json: ["phone_number": "+15550100"]),
            ]
            if answers.contains(where: { $0?.status == 401 }) { return }
        }
    }

    /// An address is a person's from the moment that they show it to be theirs until they have another one.
    @Test(arguments: Backend.available)
    func `what is left under a former address goes, and what came under it later stays`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Mug", stock: 9, by: admin)
            let database = stand.shop.installation.database
            for (former, isTakenOn) in [("left@example.com", false), ("taken-on@example.com", true)] {
                let shopper = try await stand.customer(former)
                _ = try await database.write { try $0.execute("UPDATE users SET is_email_verified = 1") }
                let before = try await Self.guestOrder(stand, former, product)
                _ = try await Self.mail(to: former, about: "order", by: admin)
                let changed = try await shopper.send(
                    "PATCH", "/api/auth/profile/",
                    json: ["email": .string("new-" + former), "password": .string(ShopHarness.password)])
                try #require(changed.status == 200, "\(changed.text)")
                _ = try await Self.mail(to: former, about: "address", by: admin)
                let after = isTakenOn ? try await Self.guestOrder(stand, former, product) : nil
                let done = try await shopper.send(
                    "DELETE", "/api/auth/account/delete/",
                    json: ["password": .string(ShopHarness.password), "confirmation": "DELETE"])
                #expect(done.status == 204, "\(done.text)")
                try await poll("the order to be erased", atMost: .seconds(90)) {
                    let gone = try await admin.send("GET", "/api/orders/\(CommerceFixture.text(before))/")
                    return gone["shipping_address"]?["full_name"]?.text == "" && gone["status"]?.text == "cancelled"
                }
                if let after {
                    let kept = try await admin.send("GET", "/api/orders/\(CommerceFixture.text(after))/")
                    #expect(kept["shipping_address"]?["full_name"]?.text == "V V", "\(kept.text)")
                    continue
                }
                try await poll("the last mails to go", atMost: .seconds(90)) {
                    try await stand.shop.erasureAudit(of: former).findings.isEmpty
                }
            }
        }
    }

    /// The law has the names on an invoice kept, not what was said beside it.
    @Test(arguments: Backend.available)
    func `an invoiced order keeps its names and nothing else of a person`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let ada = try await Self.shopper(stand, Self.email, admin)
            let id = CommerceFixture.text(try await ada.send("GET", "/api/orders/")["results"]?[0]?["id"])
            let paid = try await admin.send(
                "POST", "/api/admin/orders/\(id)/payment/",
                json: [
                    "amount": try #require(try await ada.send("GET", "/api/orders/\(id)/")["total"]), "note": "by QWX",
                ])
            try #require((200...201).contains(paid.status), "\(paid.text)")
            let note: JSONValue = ["text": "QWX is diabetic", "is_visible": JSONValue.bool(false)]
            try #require(try await admin.send("POST", "/api/admin/orders/\(id)/notes/", json: note).status == 201)
            let done = try await ada.send(
                "DELETE", "/api/auth/account/delete/",
                json: ["password": .string(ShopHarness.password), "confirmation": "DELETE"])
            #expect(done.status == 204, "\(done.text)")
            let database = stand.shop.installation.database
            try await poll("the order's notes to go", atMost: .seconds(90)) {
                try await database.read { try $0.value("SELECT notes FROM orders WHERE id = \(id)", as: String.self) }
                    == ""
            }
            let (kept, notes) = try await database.read { connection in
                (
                    try connection.column("SELECT email FROM orders WHERE id = \(id)", as: String.self),
                    try connection.column("SELECT notes FROM orders WHERE id = \(id)", as: String.self)
                )
            }
            #expect(kept == [Self.email] && notes == [""])
            try await poll("the last mails to go", atMost: .seconds(90)) {
                try await database.read { try TextScan.findings(of: "QWX", $0) }.isEmpty
            }
            try await poll("the erasure to be done", atMost: .seconds(90)) {
                let audit = try await stand.shop.erasureAudit(of: Self.email)
                return audit.findings.isEmpty && audit.retained.count == 1
            }
        }
    }

    /// Returns an order of somebody without an account, by its id.
    private static func guestOrder(_ stand: ShopHarness, _ email: String, _ product: Int) async throws -> JSONValue {
        let cart = try await stand.anonymous.send(
            "POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
        let key = try #require(cart["session_key"]?.text)
        let order = try await stand.anonymous.send(
            "POST", "/api/orders/", headers: ["X-Session-Key": key, "Content-Type": "application/json"],
            body: Array(
                """
                {"email": "\(email)", "payment_method": "cod", "shipping_address": {"full_name": "V V",
                "address_line1": "1 Main Street", "city": "Springfield", "state": "IL", "postal_code": "62701",
                "country": "US", "phone_number": "+15550100"}}
                """.utf8))
        try #require(order.status == 201, "\(order.text)")
        return try #require(order["id"])
    }

    /// Counts orders with an e-mail, and mails to guests that wait or were sent.
    private static func counts(_ stand: ShopHarness) async throws -> [Int] {
        try await poll("the guests' mails", atMost: .seconds(90)) {
            try await stand.shop.installation.database.read {
                try $0.value("SELECT COUNT(*) FROM mailbox WHERE user_id IS NULL", as: Int.self)
            } == 2
        }
        return try await stand.shop.installation.database.read { connection in
            [
                try connection.value("SELECT COUNT(*) FROM orders WHERE email <> ''") ?? 0,
                try connection.value("SELECT COUNT(*) FROM mailbox WHERE user_id IS NULL") ?? 0,
            ]
        }
    }

    /// Returns somebody who has done all that leaves traces.
    private static func shopper(_ stand: ShopHarness, _ email: String, _ admin: HTTPProbe) async throws -> HTTPProbe {
        let shopper = try await stand.customer(email)
        _ = try await stand.shop.installation.database.write { tx in
            try tx.execute("UPDATE users SET is_email_verified = 1 WHERE email = \(email)")
        }
        _ = try await shopper.send("PATCH", "/api/auth/profile/", json: ["bio": .string("Write to " + email)])
        for name in email == Self.email ? ["avatar", "cover"] : ["avatar"] {
            let head = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n"
            let kept = try await shopper.send(
                "POST", "/api/auth/profile/\(name)/", headers: ["Content-Type": "multipart/form-data; boundary=b"],
                body: Array(head.utf8) + picture + Array("\r\n--b--\r\n".utf8))
            try #require(kept.status == 200, "\(kept.text)")
        }
        guard case .object(var place) = ShopHarness.address else { throw NothingFound() }
        if email == Self.email {
            place["address_line1"] = "1 Privacy Lane"
            place["phone_number"] = "+15557755"
        }
        let address = try await shopper.send("POST", "/api/auth/addresses/", json: .object(place))
        let product = try await stand.product("Mug \(email.count)", stock: 5, by: admin)
        _ = try await shopper.send("POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
        let order = try await shopper.send(
            "POST", "/api/orders/",
            json: [
                "shipping_address_id": try #require(address["id"]), "payment_method": "cod",
                "notes": .string("ask \(email)"),
            ])
        try #require(order.status == 201, "\(order.text)")
        _ = try await shopper.send("POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
        _ = try await stand.anonymous.send(
            "POST", "/api/auth/login/", json: ["email": .string(email), "password": "wrong-password"])
        return shopper
    }

    private struct NothingFound: Error {}

    /// Returns the text of a mail that has been sent, when it has been.
    private static func mail(to email: String, about word: String, by admin: HTTPProbe) async throws -> String {
        let path = "/api/admin/mailbox/?to=\(email)&search=\(word)"
        try await poll("a mail about \(word)", atMost: .seconds(90)) {
            try await admin.send("GET", path)["count"]?.number != 0
        }
        let list = try await admin.send("GET", path)
        return list.text.replacing("\\/", with: "/")
    }

    private static func sold(_ database: any Database) async throws -> [Int] {
        try await database.read { try $0.column("SELECT total FROM orders ORDER BY id", as: Int.self) }
    }

    private static func read(_ archive: [UInt8]) async throws -> JSONValue {
        try await withTemporaryFolder { folder in
            let file = URL(filePath: folder).appending(path: "archive.zip")
            try Data(archive).write(to: file)
            return try JSONValue(parsing: try await TestPython.output(reader, file.path))
        }
    }
}
