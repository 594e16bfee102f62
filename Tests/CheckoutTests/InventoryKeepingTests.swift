import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct InventoryKeepingTests {
    @Test(arguments: Backend.available)
    func `goods move between warehouses with a movement each, never those that orders hold`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let admin = try await shop.user(9, role: .admin)
            try await shop.product(1, stock: 10)
            try await shop.warehouse(5, priority: 3)
            _ = try await shop.fill(1, 4, as: ada)
            #expect(try await shop.order(ada).status == 201)
            let moved = try await shop.transfer(6, from: 1, to: 5, as: admin)
            #expect(moved.status == 201, "\(moved.json)")
            #expect(moved["movements"]?.array?.map { $0["quantity"] } == [.number("-6"), .number("6")])
            #expect(moved["stock"]?.array?.map { $0["quantity"] } == [.number("4"), .number("6")])
            #expect(try await shop.stockOf(1) == [10, 4])
            let more = try await shop.transfer(1, from: 1, to: 5, as: admin)
            #expect(more.status == 409 && more.text("code") == "below_reserved" && more["available"] == .number("0"))
            for (body, field) in [
                (#""from_warehouse_id": 1, "to_warehouse_id": 1, "quantity": 1"#, "to_warehouse_id"),
                (#""from_warehouse_id": 1, "to_warehouse_id": 77, "quantity": 1"#, "to_warehouse_id"),
                (#""from_warehouse_id": 77, "to_warehouse_id": 1, "quantity": 1"#, "from_warehouse_id"),
                (#""from_warehouse_id": 1, "to_warehouse_id": 5, "quantity": 0"#, "quantity"),
            ] {
                let answer = try await shop.call(
                    .post, "/api/inventory/stock/transfer/", "{\"product_id\": 1, \(body)}", as: admin)
                #expect(answer.status == 400 && answer[field] != nil, "\(answer.json)")
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `what lies in an inactive warehouse cannot be bought, and comes back with it`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let admin = try await shop.user(9, role: .admin)
            try await shop.product(1, stock: 3)
            let made = try await shop.call(
                .post, "/api/inventory/warehouses/", #"{"code": "EAST", "name": "East", "country": "pl"}"#, as: admin)
            #expect(made.status == 201 && made.text("country") == "PL")
            let one = "/api/inventory/warehouses/\(made.id)/"
            let adjust = #"{"product_id": 1, "warehouse_id": \#(made.id), "quantity": 5}"#
            #expect(try await shop.call(.post, "/api/inventory/stock/adjust/", adjust, as: admin).status == 201)
            #expect(try await shop.stockOf(1) == [8, 0])
            let off = try await shop.call(.patch, one, #"{"is_active": false}"#, as: admin)
            #expect(off.status == 200 && off["is_active"] == .bool(false) && off["version"] == .number("2"))
            #expect(try await shop.stockOf(1) == [3, 0])
            #expect(try await shop.call(.post, "/api/inventory/stock/adjust/", adjust, as: admin).status == 201)
            #expect(try await shop.stockOf(1) == [3, 0])
            #expect(try await shop.transfer(2, from: made.id, to: 1, as: admin).status == 201)
            #expect(try await shop.stockOf(1) == [5, 0])
            #expect(try await shop.stockIsConsistent())
            #expect(try await shop.call(.patch, one, #"{"is_active": true}"#, as: admin).status == 200)
            #expect(try await shop.stockOf(1) == [13, 0])
            _ = try await shop.fill(1, 6, as: ada)
            #expect(try await shop.order(ada).status == 201)
            let held = try await shop.call(.patch, one, #"{"is_active": false}"#, as: admin)
            #expect(held.status == 409 && held.text("code") == "warehouse_holds_reservations", "\(held.json)")
            #expect(try await shop.stockOf(1) == [13, 6])
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `there is one default warehouse, which stays`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let admin = try await shop.user(9, role: .admin)
            let path = "/api/inventory/warehouses/"
            let second = try await shop.call(.post, path, #"{"code": "B", "name": "B", "is_default": true}"#, as: admin)
            #expect(second.status == 201 && second["is_default"] == .bool(true))
            #expect(try await shop.value("SELECT COUNT(*) FROM warehouses WHERE is_default = 1") == 1)
            for (method, body) in [
                (HTTPRequest.Method.patch, #"{"is_active": false}"#), (.patch, #"{"is_default": false}"#),
                (.delete, ""),
            ] {
                let answer = try await shop.call(method, path + "\(second.id)/", body, as: admin)
                #expect(answer.status == 409 && answer.text("code") == "default_warehouse", "\(answer.json)")
            }
            #expect(try await shop.call(.delete, path + "1/", as: admin).status == 204)
            for (body, field) in [
                (#"{"code": "B", "name": "C"}"#, "code"), (#"{"name": "C"}"#, "code"), (#"{"code": "C"}"#, "name"),
                (#"{"code": "C", "name": "C", "manager_id": 77}"#, "manager_id"),
                (#"{"code": "C", "name": "C", "country": "Mars"}"#, "country"),
            ] {
                let answer = try await shop.call(.post, path, body, as: admin)
                #expect(answer.status == 400 && answer[field] != nil, "\(body): \(answer.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `alerts open and end by themselves, and one resolved by hand waits for the next time`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let admin = try await shop.user(9, role: .admin)
            try await shop.product(1, stock: 10)
            let row = try await shop.value("SELECT id FROM stock")
            let levels = #"{"reorder_level": 3, "reorder_quantity": 20, "overstock_level": 12}"#
            let set = try await shop.call(.patch, "/api/inventory/levels/\(row)/", levels, as: admin)
            #expect(set.status == 200 && set["reorder_quantity"] == .number("20"))
            #expect(try await shop.openAlerts(as: admin).isEmpty)
            #expect(try await shop.adjust(-7, as: admin) == ["low_stock"])
            let low = try await shop.call(.get, "/api/inventory/reports/low-stock/", as: admin)
            #expect(low["count"] == .number("1"))
            #expect(low["results"]?.array?.first?["suggested_quantity"] == .number("20"))
            #expect(try await shop.adjust(-1, as: admin) == ["low_stock"])
            let alert = try #require(
                try await shop.call(.get, "/api/inventory/alerts/", as: admin)["results"]?.array?.first?["id"]?.integer)
            let resolved = try await shop.call(.put, "/api/inventory/alerts/\(alert)/resolve/", as: admin)
            #expect(resolved["is_resolved"] == .bool(true) && resolved["resolved_by"] == .number("9"))
            #expect(try await shop.adjust(1, as: admin).isEmpty)
            #expect(try await shop.adjust(-3, as: admin) == ["out_of_stock"])
            #expect(try await shop.adjust(2, as: admin) == ["low_stock"])
            #expect(try await shop.adjust(11, as: admin) == ["overstock"])
            #expect(try await shop.adjust(-8, as: admin).isEmpty)
            #expect(try await shop.value("SELECT COUNT(*) FROM stock_alerts WHERE is_live = 1") == 0)
            #expect(try await shop.call(.put, "/api/inventory/alerts/77/resolve/", as: admin).status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `a delivery is booked whole under its number`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let admin = try await shop.user(9, role: .admin)
            for id in 1...2 { try await shop.product(Int64(id), stock: 0) }
            let path = "/api/inventory/receipts/"
            let booked = try await shop.call(
                .post, path,
                """
                {"reference": "PO-7", "lines": [{"product_id": 1, "quantity": 5}, {"product_id": 2, "quantity": 6}]}
                """, as: admin)
            #expect(booked.status == 201 && booked["quantity"] == .number("11"), "\(booked.json)")
            let wrong = try await shop.call(
                .post, path,
                """
                {"reference": "PO-8", "lines": [{"product_id": 1, "quantity": 5}, {"product_id": 77, "quantity": 6}]}
                """, as: admin)
            #expect(wrong.status == 400 && wrong["lines"]?.array?.last?["product_id"] != nil, "\(wrong.json)")
            #expect(try await shop.stockOf(1) == [5, 0])
            let listed = try await shop.call(.get, "/api/inventory/movements/?product=2", as: admin)
            let movement = try #require(listed["results"]?.array?.first)
            #expect(movement["reference"] == .string("PO-7") && movement["reference_type"] == .string("purchase_order"))
            #expect(movement["created_by"] == .number("9") && movement["movement_type"] == .string("purchase"))
            for (query, count) in [
                ("movement_type=sale", 0), ("movement_type=purchase", 2), ("warehouse=77", 0),
                ("from=2020-01-01T00:00:00Z", 2), ("until=2020-01-01T00:00:00Z", 0),
            ] {
                let page = try await shop.call(.get, "/api/inventory/movements/?\(query)", as: admin)
                #expect(page["count"] == .number("\(count)"), "\(query)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a vendor sees and corrects the stock of their own products alone`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let vera = try await shop.user(5, role: .vendor)
            for id in 1...2 { try await shop.product(Int64(id), stock: 4) }
            try await shop.execute(
                """
                INSERT INTO vendors (id, user_id, name, slug, status, created_at, updated_at)
                VALUES (3, 5, 'Vera', 'vera', 'approved', 0, 0)
                """)
            try await shop.execute("UPDATE products SET vendor_id = 3 WHERE id = 2")
            for path in ["stock/", "movements/", "stock/?product=2"] {
                let list = try await shop.call(.get, "/api/inventory/\(path)", as: vera)
                #expect(list["count"] == .number("1"), "\(path)")
            }
            for (product, status) in [(1, 404), (2, 201)] {
                let body = #"{"product_id": \#(product), "quantity": 1}"#
                #expect(try await shop.call(.post, "/api/inventory/stock/adjust/", body, as: vera).status == status)
                let seen = try await shop.call(.get, "/api/inventory/stock/\(product)/", as: vera)
                #expect(seen.status == (status == 404 ? 404 : 200))
                let row = try await shop.value("SELECT id FROM stock WHERE product_id = \(product)")
                let level = try await shop.call(
                    .patch, "/api/inventory/levels/\(row)/", #"{"reorder_level": 99}"#, as: vera)
                #expect(level.status == (status == 404 ? 404 : 200))
            }
            #expect(try await shop.call(.get, "/api/inventory/alerts/", as: vera)["count"] == .number("1"))
            try await shop.execute("UPDATE vendors SET status = 'suspended'")
            #expect(try await shop.call(.get, "/api/inventory/stock/", as: vera)["count"] == .number("0"))
        }
    }

    @Test(arguments: Backend.available)
    func `the audit names what does not add up`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            for id in 1...2 { try await shop.product(Int64(id), stock: 4) }
            #expect(try await shop.stockIsConsistent())
            try await shop.execute("UPDATE stock SET on_hand = 5 WHERE product_id = 1")
            try await shop.execute("UPDATE stock SET reserved = 1 WHERE product_id = 2")
            let found = try await shop.database.read { try StockAudit.differences($0) }
            #expect(found.map(\.rule) == [.onHand, .reserved, .totalOnHand, .totalReserved])
            #expect(found.map(\.kept) == [5, 1, 4, 0] && found.map(\.counted) == [4, 0, 5, 1])
            #expect(found[0].description.contains("product 1, warehouse 1"))
        }
    }

    @Test(arguments: Backend.available)
    func `transfers, corrections and orders at the same moment leave the books right`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let admin = try await shop.user(99, role: .admin)
            try await shop.product(1, stock: 30)
            try await shop.warehouse(5, priority: 3)
            let buyers = try await (1...8).asyncMap { try await shop.user(Int64($0)) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, buyer) in buyers.enumerated() {
                    group.addTask {
                        _ = try await shop.fill(1, 3, as: buyer)
                        let order = try await shop.order(buyer)
                        #expect([201, 400, 409].contains(order.status), "\(order.json)")
                        if order.status == 201, index % 2 == 0 {
                            let end = try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: buyer)
                            #expect(end.status == 200, "\(end.json)")
                        }
                    }
                    group.addTask {
                        let (from, to) = index % 2 == 0 ? (1, 5) : (5, 1)
                        let moved = try await shop.transfer(2, from: Int64(from), to: Int64(to), as: admin)
                        #expect([201, 409].contains(moved.status), "\(moved.json)")
                    }
                    group.addTask {
                        let body = #"{"product_id": 1, "quantity": \#(index % 2 == 0 ? -4 : 3)}"#
                        let adjusted = try await shop.call(.post, "/api/inventory/stock/adjust/", body, as: admin)
                        #expect([201, 409].contains(adjusted.status), "\(adjusted.json)")
                    }
                    group.addTask {
                        let state = #"{"is_active": \#(index % 2 == 1)}"#
                        let changed = try await shop.call(.patch, "/api/inventory/warehouses/5/", state, as: admin)
                        #expect([200, 409].contains(changed.status), "\(changed.json)")
                    }
                }
                try await group.waitForAll()
            }
            let found = try await shop.database.read { try StockAudit.differences($0) }
            #expect(found.isEmpty, "\(found)")
        }
    }
}

extension CheckoutHarness {
    fileprivate func transfer(
        _ quantity: Int, from: Int64, to: Int64, as identity: Identity
    ) async throws -> Answer {
        try await call(
            .post, "/api/inventory/stock/transfer/",
            """
            {"product_id": 1, "from_warehouse_id": \(from), "to_warehouse_id": \(to), "quantity": \(quantity)}
            """, as: identity)
    }

    /// Corrects the stock of product 1 and gives the alerts that are open then.
    fileprivate func adjust(_ quantity: Int, as identity: Identity) async throws -> [String] {
        let body = #"{"product_id": 1, "quantity": \#(quantity)}"#
        let answer = try await call(.post, "/api/inventory/stock/adjust/", body, as: identity)
        try #require(answer.status == 201, "\(answer.json)")
        return try await openAlerts(as: identity)
    }

    fileprivate func openAlerts(as identity: Identity) async throws -> [String] {
        let list = try await call(.get, "/api/inventory/alerts/?is_resolved=false", as: identity)
        return list["results"]?.array?.compactMap { $0["alert_type"]?.text } ?? []
    }
}
