import Commerce
import SQL

/// Two numbers of vendors' accounts that should be equal and are not.
public struct MarketplaceDifference: Sendable, Hashable, CustomStringConvertible {
    /// The comparisons, worded for reports: what is found, and what it is held against.
    public enum Rule: String, Sendable, CaseIterable {
        case balance = "its balance, and the sum of its entries"
        case payable = "what the shop's ledger owes it, and its balance"
        case payout = "its entries, and its amount unless it failed"
        case commission = "its commission, and a fresh reckoning"
        case sale = "its lines that were sold, and those of vendors on its invoice"
        case share = "its entries, and a fresh reckoning"
        case waiting = "entries that wait although the line has arrived or was canceled, and none"
    }

    /// What it is about: `vendor 3`, `payout 7`, `line 12`, `order 5`.
    public let subject: String
    /// The comparison.
    public let rule: Rule
    /// What is found, in minor units or as a number of rows.
    public let found: Int64
    /// What it is held against.
    public let expected: Int64

    /// One line for a report, with the id, the rule and both sides.
    public var description: String { "\(subject): \(rule.rawValue) differ: \(found), \(expected)" }
}

/// Holds vendors' accounts against their entries, payouts, orders and the shop's ledger.
public enum MarketplaceAudit {
    /// Returns everything that does not add up, at most 1,000 rows for each comparison. What vendors earned is reckoned anew order
    /// by order, so that the memory that it takes does not grow with their number.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public static func differences(_ connection: Connection) throws -> [MarketplaceDifference] {
        try MarketplaceAuditQueries.balances(connection) + MarketplaceAuditQueries.payables(connection)
            + MarketplaceAuditQueries.payouts(connection) + MarketplaceAuditQueries.unsold(connection)
            + MarketplaceAuditQueries.waiting(connection) + orders(connection)
    }

    private static func orders(_ connection: Connection) throws -> [MarketplaceDifference] {
        var found: [MarketplaceDifference] = []
        var last = OrderID(0)
        while found.count < 1_000 {
            let ids = try MarketplaceAuditQueries.soldOrders(after: last, connection)
            guard let end = ids.last else { return found }
            for id in ids { found += try differences(in: id, connection) }
            last = end
        }
        return found
    }

    private static func differences(in id: OrderID, _ connection: Connection) throws -> [MarketplaceDifference] {
        guard let order = try SoldOrderQueries.read(id, connection) else { return [] }
        let fresh = try order.frozenCommissions()
        var found = order.lines.compactMap { line in
            line.sale.flatMap { sale in
                MarketplaceDifference.between(
                    "line \(line.id)", .commission, sale.commission, fresh[line.id]?.commission ?? .zero)
            }
        }
        let posted = try VendorAccountQueries.sums(of: id, connection)
        for share in try order.shares() {
            for (kind, amount) in share.parts {
                let sum = posted[share.item]?[kind] ?? .zero
                if let difference = MarketplaceDifference.between("line \(share.item)", .share, sum, amount) {
                    found.append(difference)
                }
            }
        }
        return found
    }
}

extension MarketplaceDifference {
    /// Returns the difference of two amounts; nil where they are equal.
    static func between(_ subject: String, _ rule: Rule, _ found: Money, _ expected: Money) -> MarketplaceDifference? {
        found == expected
            ? nil
            : MarketplaceDifference(
                subject: subject, rule: rule, found: found.minorUnits, expected: expected.minorUnits)
    }
}

extension SoldOrder {
    /// Reckons the commission on its lines anew, by the rates that were frozen.
    fileprivate func frozenCommissions() throws(OutOfRange) -> [OrderItemID: LineCommission] {
        let rates = Dictionary(lines.map { ($0.product, $0.sale?.rate ?? 0) }) { first, _ in first }
        return try commissions { _, product in rates[product] ?? 0 }
    }
}
