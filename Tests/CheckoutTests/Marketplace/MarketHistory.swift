import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Primitives
import SQL
import Testing
import Web

@testable import Marketplace

/// What happened in a marketplace, as the second reckoning is told of it.
struct MarketHistory: Encodable, Sendable {
    struct Event: Encodable, Sendable {
        let t: Int64
        let kind: String
        var rule: Rule?
        var order: OrderFacts?
        var payout: Run?
        var fail: Change?
        var adjust: Change?
    }

    struct Rule: Encodable, Sendable {
        let vendor: Int64
        let category: Int64
        let rate: Int64
    }

    struct Change: Encodable, Sendable {
        let vendor: Int64
        let amount: Int64
    }

    struct Run: Encodable, Sendable {
        let vendors: [Int64]
        let cutoff: Int64
    }

    /// An order as its own rows have it: quantities, prices, moments and money that moved, nothing of vendors' accounts.
    struct OrderFacts: Encodable, Sendable {
        struct Line: Encodable, Sendable {
            let id: Int64
            let vendor: Int64
            let path: [Int64]
            let quantity: Int
            let price: Int64
            let discount: Int64
            let tax: Int64
            let status: String
            let delivered: Int64
            let cancelled: Int
            let received: Int
        }

        struct Refund: Encodable, Sendable {
            let amount: Int64
            /// Lines with numbers of units.
            let units: [[Int64]]
            let restock: Bool
        }

        let id: Int64
        var inclusive = false
        var total: Int64 = 0
        var invoiced = false
        var credited = false
        var shippingBack: Int64 = 0
        var captured: Int64 = 0
        var refunds: [Refund] = []
        var lost: Int64 = 0
        var lines: [Line] = []
    }

    /// What the second reckoning comes to.
    struct Reckoning: Decodable, Sendable, Equatable {
        var balances: [String: [Int64]] = [:]
        var payouts: [[Int64]] = []
    }

    let vendors: [Int64]
    let hold: Int64
    let standard: Int64
    /// The rates that some vendors were approved with.
    let approved: [String: Int64]
    var until: Int64 = 0
    var events: [Event] = []
}

extension MarketHistory.OrderFacts {
    /// Reads what is known of an order.
    static func read(_ id: Int64, _ connection: Connection) throws -> Self {
        var facts = Self(id: id)
        let head: (Bool, Int64, Int64, Int64)? = try connection.tuple(
            """
            SELECT tax_inclusive, total, (SELECT COUNT(*) FROM invoices i WHERE i.order_id = o.id AND series = 'invoice'),
            (SELECT COUNT(*) FROM invoices i WHERE i.order_id = o.id AND series = 'credit_note' AND return_id = 0)
            FROM orders o WHERE id = \(id)
            """)
        if let head {
            (facts.inclusive, facts.total, facts.invoiced, facts.credited) = (head.0, head.1, head.2 > 0, head.3 > 0)
        }
        facts.shippingBack =
            try connection.value(
                """
                SELECT CAST(COALESCE(MAX(shipping_amount), 0) AS SIGNED) FROM returns
                WHERE order_id = \(id) AND status = 'received'
                """) ?? 0
        facts.captured =
            try connection.value(
                "SELECT CAST(COALESCE(SUM(captured_amount), 0) AS SIGNED) FROM payments WHERE order_id = \(id)") ?? 0
        facts.lost =
            try connection.value(
                """
                SELECT CAST(COALESCE(SUM(amount), 0) AS SIGNED) FROM disputes WHERE order_id = \(id) AND status = 'lost'
                """) ?? 0
        facts.refunds = try connection.all(
            "SELECT amount, items, restock FROM refunds WHERE order_id = \(id) AND status = 'completed' ORDER BY id"
        ) { row in
            let (amount, text): (Int64, String) = (try row(), try row())
            let parsed = try JSONValue(parsing: Array(text.utf8)).array ?? []
            let units = parsed.map { [$0["orderItemID"]?.integer ?? 0, $0["quantity"]?.integer ?? 0] }
            return Refund(amount: amount, units: units, restock: try row())
        }
        facts.lines = try connection.all(
            """
            SELECT i.id, COALESCE(i.vendor_id, 0), COALESCE(p.category_id, 0), i.quantity, i.price, i.discount, i.tax,
            i.status, COALESCE((SELECT MAX(s.delivered_at) FROM shipments s JOIN shipment_items x ON x.shipment_id = s.id
            WHERE x.order_item_id = i.id), 0), i.cancelled_quantity, CAST(COALESCE((SELECT SUM(x.received_quantity)
            FROM return_items x JOIN returns r ON r.id = x.return_id WHERE x.order_item_id = i.id
            AND r.kind = 'return' AND r.status = 'received'), 0) AS SIGNED)
            FROM order_items i LEFT JOIN products p ON p.id = i.product_id WHERE i.order_id = \(id) ORDER BY i.id
            """
        ) { row in
            let (item, vendor, category): (Int64, Int64, Int64) = (try row(), try row(), try row())
            // Category 6 lies in 5.
            return Line(
                id: item, vendor: vendor, path: category == 6 ? [5, 6] : category == 0 ? [] : [category],
                quantity: try row(), price: try row(), discount: try row(), tax: try row(), status: try row(),
                delivered: try row(), cancelled: try row(), received: try row())
        }
        return facts
    }
}
