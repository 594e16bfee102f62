import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// What rows of stock are called, and how they are found by it.
@Suite struct StockNameTests {
    @Test(arguments: Backend.available)
    func `rows of stock, movements and alerts say what they are about and where`(_ backend: Backend) async throws {
        try await withGoods(backend) { shop in
            let admin = CheckoutHarness.admin
            for (path, names) in [
                ("stock/?ordering=id", ["Product 1", "Product 1", "Product 2"]),
                ("movements/?ordering=created_at", ["Product 1", "Product 1", "Product 2"]),
            ] {
                let list = try await shop.call(.get, "/api/inventory/\(path)", as: admin)
                let rows = list["results"]?.array ?? []
                #expect(rows.map { $0["product_name"]?.text } == names, "\(list.json)")
                #expect(rows.map { $0["sku"]?.text } == ["SKU-1", "SKU-1", "VAR-7"])
                #expect(rows.map { $0["variant_name"]?.text } == ["", "", "L"])
                #expect(list.statements <= 4, "\(path): \(list.statements)")
            }
            let movements = try await shop.call(.get, "/api/inventory/movements/?warehouse=9", as: admin)
            #expect(movements["results"]?.array?.map { $0["warehouse_name"]?.text } == ["Warehouse 9"])
            let row = try await shop.value("SELECT id FROM stock WHERE product_id = 2")
            let level = try await shop.call(
                .patch, "/api/inventory/levels/\(row)/", #"{"reorder_level": 50}"#, as: admin)
            #expect(level.text("product_name") == "Product 2" && level.text("sku") == "VAR-7", "\(level.json)")
            let alerts = try await shop.call(.get, "/api/inventory/alerts/", as: admin)
            #expect(alerts["results"]?.array?.map { $0["sku"]?.text } == ["VAR-7"], "\(alerts.json)")
            let whole = try await shop.call(.get, "/api/inventory/stock/2/", as: admin)
            #expect(whole.text("product_name") == "Product 2")
            #expect(whole["stock"]?.array?.map { $0["sku"]?.text } == ["VAR-7"])
            let adjust = #"{"product_id": 2, "variant_id": 7, "quantity": 1}"#
            let changed = try await shop.call(.post, "/api/inventory/stock/adjust/", adjust, as: admin)
            #expect(changed["movements"]?.array?.first?["product_name"]?.text == "Product 2", "\(changed.json)")
            #expect(changed["stock"]?.array?.first?["sku"]?.text == "VAR-7")
        }
    }

    @Test(arguments: Backend.available)
    func `a search finds a whole SKU and nothing else, or a part of a name`(_ backend: Backend) async throws {
        try await withGoods(backend) { shop in
            for (text, count) in [
                ("SKU-1", 2), ("sku-1", 2), ("VAR-7", 1), ("SKU-2", 1), ("product", 3), ("duct%202", 1), ("SKU", 0),
                ("VAR-8", 0), ("", 3),
            ] {
                for list in ["stock", "movements"] {
                    let found = try await shop.call(
                        .get, "/api/inventory/\(list)/?search=\(text)", as: CheckoutHarness.admin)
                    #expect(found["count"] == .number("\(count)"), "\(list) \(text): \(found.json)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a SKU that was scanned says what it is and what a warehouse has of it`(_ backend: Backend) async throws {
        try await withGoods(backend) { shop in
            let admin = CheckoutHarness.admin
            let path = "/api/inventory/stock/find/"
            let first = try await shop.call(.get, path + "?sku=sku-1", as: admin)
            #expect(first.status == 200 && first["product_id"] == .number("1") && first["variant_id"] == .null)
            #expect(first.text("sku") == "SKU-1" && first["quantity"] == .number("10"), "\(first.json)")
            let there = try await shop.call(.get, path + "?sku=SKU-1&warehouse=9", as: admin)
            #expect(there["quantity"] == .number("4") && there["warehouse"]?["name"]?.text == "Warehouse 9")
            let none = try await shop.call(.get, path + "?sku=VAR-7&warehouse=9", as: admin)
            #expect(none.status == 200 && none["quantity"] == .number("0") && none["variant_id"] == .number("7"))
            for (query, status, field) in [
                ("sku=VAR-8", 404, "detail"), ("sku=SKU-2", 400, "sku"), ("sku=SKU-1&warehouse=77", 400, "warehouse"),
                ("sku=", 400, "sku"), ("", 400, "sku"),
            ] {
                let answer = try await shop.call(.get, path + "?" + query, as: admin)
                #expect(answer.status == status && answer[field] != nil, "\(query): \(answer.json)")
            }
            let vera = try await shop.user(5, role: .vendor)
            #expect(try await shop.call(.get, path + "?sku=SKU-1", as: vera).status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `a delivery names its goods by SKU, and each of them once`(_ backend: Backend) async throws {
        try await withGoods(backend) { shop in
            let admin = CheckoutHarness.admin
            let path = "/api/inventory/receipts/"
            let booked = try await shop.call(
                .post, path,
                """
                {"reference": "PO-7", "warehouse_id": 9,
                "lines": [{"sku": "sku-1", "quantity": 5}, {"sku": "VAR-7", "quantity": 6}]}
                """, as: admin)
            #expect(booked.status == 201 && booked["quantity"] == .number("11"), "\(booked.json)")
            #expect(try await shop.value("SELECT on_hand FROM stock WHERE product_id = 1 AND warehouse_id = 9") == 9)
            for (lines, place) in [
                (#"{"sku": "VAR-8", "quantity": 1}"#, "sku"), (#"{"sku": "SKU-2", "quantity": 1}"#, "sku"),
                (#"{"quantity": 1}"#, "product_id"), (#"{"sku": "", "quantity": 1}"#, "product_id"),
            ] {
                let wrong = try await shop.call(
                    .post, path, #"{"reference": "PO-8", "lines": [\#(lines)]}"#, as: admin)
                #expect(wrong.status == 400 && wrong["lines"]?.array?.first?[place] != nil, "\(wrong.json)")
            }
            let twice = try await shop.call(
                .post, path,
                """
                {"reference": "PO-9", "lines": [{"sku": "SKU-1", "quantity": 5}, {"product_id": 1, "quantity": 6}]}
                """, as: admin)
            #expect(twice.status == 400 && twice["lines"] != nil, "\(twice.json)")
            #expect(try await shop.value("SELECT COUNT(*) FROM stock_movements WHERE reference = 'PO-9'") == 0)
            #expect(try await shop.stockIsConsistent())
        }
    }

    /// A product in two warehouses, and one with a variant in the default one.
    private func withGoods(
        _ backend: Backend, _ body: @Sendable (CheckoutHarness) async throws -> Void
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 10)
            try await shop.warehouse(9, priority: 5)
            shop.clock.advance(by: .minutes(1))
            let stock = shop.stock
            try await shop.database.write { tx in
                let receipt = StockReceipt(SellableID(ProductID(1)), quantity: 4, warehouse: WarehouseID(9))
                try stock.receive([receipt], by: nil, in: tx)
            }
            shop.clock.advance(by: .minutes(1))
            try await shop.product(2, hasVariants: true)
            try await shop.variant(7, of: 2)
            try await shop.execute(
                """
                INSERT INTO skus (sku, product_id, variant_key) VALUES ('sku-1', 1, 0), ('sku-2', 2, 0), ('var-7', 2, 7)
                """)
            try await shop.execute("UPDATE products SET name_key = LOWER(name)")
            try await body(shop)
        }
    }
}
