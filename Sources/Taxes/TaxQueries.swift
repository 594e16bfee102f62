import Commerce
import Primitives
import SQL
import Web

/// The statements of `tax_rates`.
enum TaxQueries {
    /// Returns the rates of a country and of these states of it; of all states where `states` is nil.
    static func rules(
        of country: String, in states: [String]?, _ connection: Connection
    ) throws -> [TaxRule] {
        let condition: Query = states.map { "AND state IN (\(list: [""] + $0))" } ?? .empty
        return try connection.all(
            "SELECT \(TaxRule.columns) FROM tax_rates WHERE country = \(country) \(condition) ORDER BY id")
    }

    static func all(_ connection: Connection) throws -> [TaxRule] {
        try connection.all("SELECT \(TaxRule.columns) FROM tax_rates ORDER BY id")
    }

    /// Returns every class that a rate names, as it is stored.
    static func classes(_ connection: Connection) throws -> [String] {
        try connection.column("SELECT DISTINCT tax_class FROM tax_rates")
    }

    static func count(_ filter: TaxFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM tax_rates WHERE \(filter.condition)") ?? 0
    }

    static func list(
        _ filter: TaxFilter, by order: Ordering<TaxOrder>, _ page: PageRequest, _ connection: Connection
    ) throws -> [TaxRule] {
        try connection.all(
            """
            SELECT \(TaxRule.columns) FROM tax_rates WHERE \(filter.condition)
            ORDER BY \(order.key) \(order.direction), id \(order.direction) \(page.limit)
            """)
    }

    static func find(_ id: TaxRuleID, _ connection: Connection) throws -> TaxRule? {
        try connection.first("SELECT \(TaxRule.columns) FROM tax_rates WHERE id = \(id)")
    }

    static func insert(_ rule: TaxRule, at now: Timestamp, _ tx: Transaction) throws -> TaxRuleID {
        TaxRuleID(
            try tx.insert(
                """
                INSERT INTO tax_rates (name, country, state, tax_class, rate, created_at, updated_at)
                VALUES (\(rule.name), \(rule.country), \(rule.state), \(rule.taxClass), \(rule.rate), \(now), \(now))
                """))
    }

    /// Writes a rate and raises its version; returns false where the row is at another version.
    static func update(_ rule: TaxRule, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE tax_rates SET name = \(rule.name), country = \(rule.country), state = \(rule.state),
            tax_class = \(rule.taxClass), rate = \(rule.rate), version = version + 1, updated_at = \(now)
            WHERE id = \(rule.id) AND version = \(rule.version)
            """) == 1
    }

    static func delete(_ id: TaxRuleID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM tax_rates WHERE id = \(id)")
    }
}
