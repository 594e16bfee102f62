import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Who sees an order, and who does not: by their session, by a guest's token, by a permission.
@Suite struct OrderAccessTests {
    private static func order(_ email: String) -> String {
        """
        {"payment_method": "cod", "email": "\(email)", "shipping_address": {"full_name": "G",
        "address_line1": "1 Road", "city": "Paris", "postal_code": "75001", "country": "FR"}}
        """
    }

    /// An order of a guest, by its id and its token.
    private func guestOrder(_ shop: CheckoutHarness, _ email: String) async throws -> (id: Int64, token: String) {
        let key = try #require(try await shop.fill(1, as: nil).text("session_key"))
        let order = try await shop.call(.post, "/api/orders/", Self.order(email), headers: ["X-Session-Key": key])
        try #require(order.status == 201, "\(order.json)")
        return (order.id, try #require(order.text("access_token")))
    }

    private static func staff(_ permissions: Set<String>) -> Identity {
        Identity(
            userID: UserID(998), sessionID: SessionID(998), email: "s@example.com", role: .staff,
            permissions: permissions, isEmailVerified: true)
    }

    /// What is read of an order, and what it answers to those who may.
    private static let readings: [(path: String, status: Int)] = [
        ("", 200), ("invoice/", 200), ("returns/", 200), ("cancellations/", 200), ("notes/", 200),
        ("credit-note/", 404), ("returns/1/credit-note/", 404), ("cancellations/1/credit-note/", 404),
    ]

    @Test(arguments: Backend.available)
    func `a guest's order opens to its token in the header or the address, and to no other`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 100)
            let eve = try await shop.user(2)
            let mine = try await guestOrder(shop, "g@example.com")
            let other = try await guestOrder(shop, "g@example.com")
            let path = "/api/orders/\(mine.id)/"
            for (part, status) in Self.readings {
                let byHeader = try await shop.call(.get, path + part, headers: ["X-Order-Token": mine.token])
                #expect(byHeader.status == status, "\(part): \(byHeader.json)")
                let byQuery = try await shop.call(
                    .get, path + part + "?token=\(mine.token)", headers: ["X-Order-Token": ""])
                #expect(byQuery.status == status, "\(part): \(byQuery.json)")
                // Who has an account does not lose what the token opens.
                let byUser = try await shop.call(.get, path + part, as: eve, headers: ["X-Order-Token": mine.token])
                #expect(byUser.status == status, "\(part): \(byUser.json)")
                for wrong in [other.token, String(mine.token.dropLast()), mine.token + "A", mine.token.lowercased()]
                where wrong != mine.token {
                    let answer = try await shop.call(.get, path + part, headers: ["X-Order-Token": wrong])
                    #expect(answer.status == 404, "\(part), \(wrong)")
                    #expect(!"\(answer.json)".contains("g@example.com"), "\(part)")
                }
                #expect(try await shop.call(.get, path + part, as: eve).status == 404, "\(part)")
                let looking = try await shop.call(.get, path + part, as: Self.staff(["orders.view"]))
                #expect(looking.status == status, "\(part): \(looking.json)")
                #expect(try await shop.call(.get, path + part, as: Self.staff(["orders.edit"])).status == 404)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `no answer but the first has the token, and the shop keeps none that opens anything`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 100)
            let order = try await guestOrder(shop, "g@example.com")
            let headers = ["X-Order-Token": order.token]
            let seen = try await shop.call(.get, "/api/orders/\(order.id)/", headers: headers)
            #expect(seen.status == 200 && seen["access_token"] == .null)
            let asStaff = try await shop.call(.get, "/api/orders/\(order.id)/", as: CheckoutHarness.admin)
            #expect(asStaff["access_token"] == .null && asStaff.text("email") == "g@example.com")
            let listed = try await shop.call(.get, "/api/admin/orders/", as: CheckoutHarness.admin)
            #expect(!"\(listed.json)".contains(order.token))
            let kept = try await shop.database.read {
                try $0.column("SELECT access_token_hash FROM orders", as: String.self)
            }
            #expect(kept.count == 1 && kept.allSatisfy { $0.count == 64 && $0 != order.token })
            // What is kept is no token itself.
            for stolen in kept {
                let answer = try await shop.call(
                    .get, "/api/orders/\(order.id)/", headers: ["X-Order-Token": stolen])
                #expect(answer.status == 404)
            }
            let found = try await shop.database.read { try TextScan.findings(of: order.token, $0) }
            #expect(found.isEmpty, "\(found)")
        }
    }

    @Test(arguments: Backend.available)
    func `an order of a user has no token, and an empty one opens nothing`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 100)
            _ = try await shop.fill(1, as: ada)
            let order = try await shop.order(ada, by: "cod")
            #expect(order.status == 201 && order["access_token"] == .null, "\(order.json)")
            let path = "/api/orders/\(order.id)/"
            let before = try await shop.books(of: order.id)
            for (part, _) in Self.readings {
                for target in [path + part + "?token=", path + part + "?token=%20", path + part + "?token=null"] {
                    #expect(try await shop.call(.get, target).status >= 400, "\(target)")
                }
            }
            for method in ["", "?token="] {
                let answer = try await shop.call(
                    .put, path + "cancel/" + method, headers: method.isEmpty ? ["X-Order-Token": "null"] : [:])
                #expect(answer.status >= 400, "\(answer.json)")
            }
            #expect(try await shop.books(of: order.id) == before)
        }
    }

    /// Whether an order is there is not told to whoever may not see it.
    @Test(arguments: Backend.available)
    func `an order that is not the caller's answers as one that is not there`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 100)
            let eve = try await shop.user(2)
            let order = try await guestOrder(shop, "g@example.com")
            let callers: [(Identity?, [String: String], Int)] = [
                (nil, [:], 401), (nil, ["X-Order-Token": ""], 401), (nil, ["X-Order-Token": "wrong"], 404),
                (eve, [:], 404), (Self.staff([]), [:], 404),
            ]
            for (identity, headers, status) in callers {
                for (part, _) in Self.readings {
                    let there = try await shop.call(
                        .get, "/api/orders/\(order.id)/" + part, as: identity, headers: headers)
                    let none = try await shop.call(
                        .get, "/api/orders/\(order.id + 1)/" + part, as: identity, headers: headers)
                    #expect(there.status == none.status && there.json == none.json, "\(part)")
                    #expect(there.status == status, "\(part)")
                }
                let parts = #"{"items": [{"order_item_id": 1, "quantity": 1}]}"#
                for (method, part, body) in [(HTTPRequest.Method.put, "cancel/", ""), (.post, "returns/", parts)] {
                    let there = try await shop.call(
                        method, "/api/orders/\(order.id)/" + part, body, as: identity, headers: headers)
                    let none = try await shop.call(
                        method, "/api/orders/\(order.id + 1)/" + part, body, as: identity, headers: headers)
                    #expect(there.status == none.status && there.json == none.json && there.status == status, "\(part)")
                }
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM order_events") == 1)
        }
    }

    /// A guest's key is bound to the token: a neighbor at the same address gets nothing by repeating it.
    @Test(arguments: Backend.available)
    func `a key repeated with another token gets nothing of the first answer`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 100)
            let order = try await guestOrder(shop, "g@example.com")
            let path = "/api/orders/\(order.id)/"
            let seen = try await shop.call(.get, path, headers: ["X-Order-Token": order.token])
            let parcel = #"{"items": [{"order_item_id": \#(seen.items[0]["id"]?.integer ?? 0), "quantity": 1}]}"#
            for (step, body) in [
                ("status/", #"{"status": "processing"}"#), ("status/", #"{"status": "shipped"}"#),
                ("status/", #"{"status": "delivered"}"#),
            ] {
                _ = try await shop.call(.put, "/api/admin" + path.dropFirst(4) + step, body, as: CheckoutHarness.admin)
            }
            let first = try await shop.call(
                .post, path + "returns/", parcel, headers: ["X-Order-Token": order.token, "Idempotency-Key": "k"])
            try #require(first.status == 201, "\(first.json)")
            let again = try await shop.call(
                .post, path + "returns/", parcel, headers: ["X-Order-Token": order.token, "Idempotency-Key": "k"])
            #expect(again.status == 201 && again.json == first.json)
            let other = try await shop.call(
                .post, path + "returns/", parcel, headers: ["X-Order-Token": "wrong", "Idempotency-Key": "k"])
            #expect(other.status == 404, "\(other.json)")
        }
    }
}
