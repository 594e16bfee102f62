import Commerce
import SQL

/// Holds the books of the inventory against each other.
public struct StockAudit: Sendable {
    /// Two numbers that ought to be one.
    public struct Difference: Sendable, Hashable, CustomStringConvertible {
        /// What is compared.
        public enum Rule: String, Sendable {
            case onHand = "on hand in a warehouse, and the sum of its movements"
            case reserved = "reserved in a warehouse, and the sum of what orders hold there"
            case totalOnHand = "on hand for sale, and the sum over active warehouses"
            case totalReserved = "reserved in all, and the sum over active warehouses"
        }

        public let rule: Rule
        public let sellable: SellableID
        /// Nil where all warehouses are meant.
        public let warehouse: WarehouseID?
        public let kept: Int
        public let counted: Int

        public var description: String {
            let variant = sellable.variant.map { ", variant \($0)" } ?? ""
            let place = warehouse.map { ", warehouse \($0)" } ?? ""
            return "product \(sellable.product)\(variant)\(place): \(rule.rawValue) differ: \(kept), \(counted)"
        }
    }

    /// Everything that does not add up, at most 1,000 differences of each rule; in one moment, so that a shop may go on
    /// selling meanwhile.
    ///
    /// - Throws: `SQLError`.
    public static func differences(_ connection: Connection) throws -> [Difference] {
        try StockAuditQueries.onHand(connection) + StockAuditQueries.reserved(connection)
            + StockAuditQueries.totals(connection)
    }
}
