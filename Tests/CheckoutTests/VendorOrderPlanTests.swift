import AppHarness
import Commerce
import Orders
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// How the databases run a vendor's list of orders, among thousands of them.
@Suite(.timeLimit(.minutes(5)))
struct VendorOrderPlanTests {
    @Test(arguments: Backend.available)
    func `a vendor's orders are walked by the index of their lines`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend, audits: false) { shop in
            for id in 1...40 { _ = try await shop.user(Int64(id)) }
            for id in 1...60 { try await shop.product(Int64(id), stock: 1_000) }
            try await BusyRows(shop).write()
            try await shop.execute("UPDATE order_items SET vendor_id = 1 + id % 50")
            let orders = VendorOrders()
            let reader = InputReader(currency: .usd, zone: .utc)
            for cells in [
                [:], ["page": "3"], ["ordering": "created_at"], ["status": "shipped"], ["status": "cancelled"],
                ["search": "N77"], ["from": "2026-12-01"],
            ] {
                let input = try reader.read(VendorOrderListInput.self, cells: cells, isPartial: false)
                let found = try await PlanReader(database: shop.database).findings {
                    _ = try? await shop.database.read { try orders.list(input, of: VendorID(7), $0) }
                }
                // The page of ids is read from end to end, as it should be.
                let avoidable = found.filter { $0.table != "page" || $0.isSort }
                #expect(avoidable.isEmpty, "\(cells): \(avoidable)")
            }
            let all = try reader.read(VendorOrderListInput.self, cells: ["page_size": "100"], isPartial: false)
            let rows = try await shop.database.read { try orders.list(all, of: VendorID(7), $0) }
            let expected = try await shop.database.read {
                try $0.column(
                    "SELECT DISTINCT order_id FROM order_items WHERE vendor_id = 7 ORDER BY order_id DESC LIMIT 100",
                    as: OrderID.self)
            }
            #expect(rows.rows.map(\.id) == expected && rows.count >= 80)
        }
    }

    /// Counts by status have to be those of the statuses that follow from the lines.
    @Test(arguments: Backend.available)
    func `the filter by status finds the parts whose lines come to it`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend, audits: false) { shop in
            for id in 1...40 { _ = try await shop.user(Int64(id)) }
            for id in 1...60 { try await shop.product(Int64(id), stock: 1_000) }
            try await BusyRows(shop).write()
            try await shop.execute("UPDATE order_items SET vendor_id = 1 + product_id % 3")
            try await shop.execute(
                """
                UPDATE order_items SET status = CASE id % 7 WHEN 0 THEN 'pending' WHEN 1 THEN 'shipped'
                WHEN 2 THEN 'delivered' WHEN 3 THEN 'cancelled' WHEN 4 THEN 'cancelled' ELSE 'processing' END
                """)
            let lines = try await shop.database.read {
                try $0.tuples(
                    "SELECT order_id, status FROM order_items WHERE vendor_id = 2", as: (OrderID, OrderStatus).self)
            }
            let parts = Dictionary(grouping: lines, by: \.0).mapValues { OrderStatus.derived(from: $0.map(\.1)) }
            let reader = InputReader(currency: .usd, zone: .utc)
            for status in OrderStatus.allCases {
                let input = try reader.read(
                    VendorOrderListInput.self, cells: ["status": status.rawValue], isPartial: false)
                let found = try await shop.database.read { try VendorOrders().list(input, of: VendorID(2), $0) }
                #expect(found.count == parts.values.count { $0 == status }, "\(status)")
                #expect(found.rows.allSatisfy { $0.status == status })
            }
        }
    }
}
