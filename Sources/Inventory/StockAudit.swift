import Commerce
import SQL

/// Compares the records of the inventory, which keep the same quantities in several places, with each other.
public struct StockAudit: Sendable {
    /// Two numbers that should be equal and are not.
    public struct Difference: Sendable, Hashable, CustomStringConvertible {
        /// The comparisons, worded for reports.
        public enum Rule: String, Sendable {
            case onHand = "on hand in a warehouse, and the sum of its movements"
            case reserved = "reserved in a warehouse, and the sum of what orders hold there"
            case totalOnHand = "on hand for sale, and the sum over active warehouses"
            case totalReserved = "reserved in all, and the sum over active warehouses"
        }

        /// The comparison that failed.
        public let rule: Rule
        /// The product or variant.
        public let sellable: SellableID
        /// The warehouse; nil where all active ones are meant.
        public let warehouse: WarehouseID?
        /// The stored number of units.
        public let kept: Int
        /// The number of units summed from other rows.
        public let counted: Int

        /// One line for a report, with ids, rule and both numbers.
        public var description: String {
            let variant = sellable.variant.map { ", variant \($0)" } ?? ""
            let place = warehouse.map { ", warehouse \($0)" } ?? ""
            return "product \(sellable.product)\(variant)\(place): \(rule.rawValue) differ: \(kept), \(counted)"
        }
    }

    /// Returns everything that does not add up, at most 1,000 rows for each of the three comparisons, as of one moment,
    /// so that a shop can go on selling meanwhile.
    ///
    /// - Throws: `SQLError`.
    public static func differences(_ connection: Connection) throws -> [Difference] {
        try StockAuditQueries.onHand(connection) + StockAuditQueries.reserved(connection)
            + StockAuditQueries.totals(connection)
    }
}
