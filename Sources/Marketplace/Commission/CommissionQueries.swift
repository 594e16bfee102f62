import Commerce
import Primitives
import SQL
import Web

/// The statements of `commission_rules`, and what a product's category is.
enum CommissionQueries {
    /// Returns a page of rules with what their vendors and categories are called.
    static func list(
        _ filter: CommissionRuleFilter, by order: Ordering<CommissionRuleSortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> [CommissionRule] {
        try connection.all(
            """
            SELECT \(CommissionRule.columns), (SELECT v.name FROM vendors v WHERE v.id = commission_rules.vendor_id),
            (SELECT c.name FROM categories c WHERE c.id = commission_rules.category_id)
            FROM commission_rules WHERE \(filter.condition)
            ORDER BY \(order.key) \(order.direction), id \(order.direction) \(page.limit)
            """
        ) { row in
            var rule = try CommissionRule(row: &row)
            rule.names.vendor = try row()
            rule.names.category = try row()
            return rule
        }
    }

    /// Returns the rules that count at a moment for any of these vendors, categories, or for all, the newest first.
    static func valid(
        for vendors: [VendorID], _ categories: [Int64], at now: Timestamp, _ connection: Connection
    ) throws -> [CommissionRule] {
        try connection.all(
            """
            SELECT \(CommissionRule.columns) FROM commission_rules WHERE valid_from <= \(now)
            AND (vendor_id IN (\(list: vendors)) OR category_id IN (\(list: categories))
            OR (vendor_id IS NULL AND category_id IS NULL)) ORDER BY valid_from DESC, id DESC
            """)
    }

    /// Returns the ids of the categories of these products, from the root to the product's own.
    static func paths(of products: [ProductID], _ connection: Connection) throws -> [ProductID: [Int64]] {
        let rows: [(ProductID, Int64, String)] = try connection.tuples(
            """
            SELECT p.id, c.id, c.path FROM products p JOIN categories c ON c.id = p.category_id
            WHERE p.id IN (\(list: products))
            """)
        return rows.reduce(into: [:]) { paths, row in
            let ids = row.2.utf8.split(separator: UInt8(ascii: "/")).compactMap {
                Int64(String(decoding: $0, as: UTF8.self))
            }
            paths[row.0] = ids.last == row.1 ? ids : ids + [row.1]
        }
    }
}
