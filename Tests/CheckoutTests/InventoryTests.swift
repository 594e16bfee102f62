import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct InventoryTests {
    @Test(arguments: Backend.available)
    func `a reservation holds stock once, a release gives it back once`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let stock = shop.stock
            try await shop.product(1, stock: 10)
            try await reserve([(1, 4)], for: 1, shop)
            #expect(try await shop.stockOf(1) == [10, 4])
            #expect(try await shop.database.write { try stock.release(OrderID(1), in: $0) })
            #expect(try await !shop.database.write { try stock.release(OrderID(1), in: $0) })
            #expect(try await shop.stockOf(1) == [10, 0])
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `what has shipped is gone and leaves a movement for each warehouse`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let stock = shop.stock
            try await shop.product(1, stock: 3)
            try await shop.warehouse(9, priority: 5)
            try await shop.database.write { tx in
                let receipt = StockReceipt(SellableID(ProductID(1)), quantity: 4, warehouse: WarehouseID(9))
                try stock.receive([receipt], by: nil, in: tx)
            }
            try await reserve([(1, 5)], for: 7, shop)
            try await shop.database.write { try stock.fulfill(OrderID(7), in: $0) }
            #expect(try await shop.stockOf(1) == [2, 0])
            #expect(try await shop.stockIsConsistent())
            let sold: Query =
                "SELECT SUM(quantity) FROM stock_movements WHERE movement_type = 'sale' AND reference_id = 7"
            #expect(try await shop.value(sold) == -5)
            await #expect(throws: InventoryError.nothingReserved(OrderID(7))) {
                try await shop.database.write { try stock.fulfill(OrderID(7), in: $0) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a reservation that falls short names every line and holds nothing`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            for (id, quantity) in [(1, 5), (2, 1), (3, 2)] { try await shop.product(Int64(id), stock: quantity) }
            let shortages = [(2, 3, 1), (3, 4, 2)].map { id, requested, available in
                Shortage(SellableID(ProductID(Int64(id))), requested: requested, available: available)
            }
            await #expect(throws: InventoryError.insufficientStock(shortages)) {
                try await reserve([(1, 5), (2, 3), (3, 4)], for: 1, shop)
            }
            #expect(try await shop.value("SELECT SUM(reserved) FROM stock_totals") == 0)
            #expect(try await shop.value("SELECT COUNT(*) FROM reservations") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `orders of the same goods in any order of lines never take more than there is`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            for id in 1...4 { try await shop.product(Int64(id), stock: 12) }
            let held = try await withThrowingTaskGroup(of: Int.self) { group in
                for order in 1...48 {
                    group.addTask {
                        let first = Int64(order % 4 + 1)
                        let second = Int64((order / 4) % 4 + 1)
                        let lines = first == second ? [(first, 1)] : [(first, 1), (second, 1)]
                        do {
                            try await reserve(lines, for: Int64(order), shop)
                            return lines.count
                        } catch is InventoryError {
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(try await shop.value("SELECT SUM(reserved) FROM stock_totals") == held)
            #expect(try await shop.value("SELECT MAX(reserved) FROM stock_totals") <= 12)
            #expect(held > 24)
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `the database itself refuses stock below what is reserved`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await shop.product(1, stock: 5)
            try await reserve([(1, 4)], for: 1, shop)
            for table in ["stock", "stock_totals"] {
                let below: Query =
                    table == "stock" ? "UPDATE stock SET on_hand = 3" : "UPDATE stock_totals SET on_hand = 3"
                let error = await #expect(throws: SQLError.self) { try await shop.execute(below) }
                #expect(error?.kind == .check)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `staff correct stock, but never below what is reserved`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let staff = try await shop.user(1, role: .admin)
            try await shop.product(1, stock: 10)
            try await reserve([(1, 4)], for: 1, shop)
            let less = try await shop.call(
                .post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": -6, "notes": "broken"}"#,
                as: staff)
            #expect(less.status == 201)
            #expect(less["stock"]?.array?.first?["available_quantity"] == .number("0"))
            #expect(less["movements"]?.array?.first?["quantity"] == .number("-6"))
            let below = try await shop.call(
                .post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": -1}"#, as: staff)
            #expect(below.status == 409 && below.text("code") == "below_reserved")
            let more = try await shop.call(
                .post, "/api/inventory/stock/adjust/",
                #"{"product_id": 1, "quantity": 5, "movement_type": "purchase"}"#, as: staff)
            #expect(more["stock"]?.array?.first?["quantity"] == .number("9"))
            #expect(try await shop.stockIsConsistent())
            let shown = try await shop.call(.get, "/api/inventory/stock/1/", as: staff)
            #expect(shown["reserved_quantity"] == .number("4") && shown["available_quantity"] == .number("5"))
            let list = try await shop.call(.get, "/api/inventory/stock/?product=1", as: staff)
            #expect(list["count"] == .number("1") && list.statements <= 4)
        }
    }

    @Test(arguments: [
        (#"{"product_id": 9, "quantity": 1}"#, "product_id"), (#"{"product_id": 1, "quantity": 0}"#, "quantity"),
        (#"{"product_id": 1, "quantity": 1, "warehouse_id": 99}"#, "warehouse_id"),
        (#"{"product_id": 1, "variant_id": 3, "quantity": 1}"#, "variant_id"),
        (#"{"product_id": 1, "quantity": -1, "movement_type": "purchase"}"#, "quantity"),
        (#"{"product_id": 1, "quantity": 1, "movement_type": "sale"}"#, "movement_type"),
        (#"{"product_id": 2, "quantity": 1}"#, "variant_id"),
    ])
    func `a correction that makes no sense is refused on its field`(_ body: String, _ field: String) async throws {
        try await CheckoutHarness.with(.sqlite) { shop in
            let staff = try await shop.user(1, role: .admin)
            try await shop.product(1)
            try await shop.product(2, hasVariants: true)
            let refused = try await shop.call(.post, "/api/inventory/stock/adjust/", body, as: staff)
            #expect(refused.status == 400 && refused[field] != nil)
            #expect(try await shop.stockOf(1) == [10, 0])
        }
    }

    @Test(arguments: Backend.available)
    func `the migration makes the default warehouse`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let list = try await shop.call(.get, "/api/inventory/warehouses/", as: CheckoutHarness.admin)
            #expect(list["results"]?.array?.first?["is_default"] == .bool(true))
            #expect(list["results"]?.array?.first?["code"] == .string("MAIN"))
        }
    }

    private func reserve(_ lines: [(Int64, Int)], for order: Int64, _ shop: CheckoutHarness) async throws {
        let stock = shop.stock
        let lines = lines.map { StockLine(SellableID(ProductID($0.0)), quantity: $0.1) }
        try await shop.database.write { try stock.reserve(lines, for: OrderID(order), until: nil, in: $0) }
    }
}
