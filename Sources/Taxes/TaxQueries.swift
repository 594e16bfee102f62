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

    static func insert(_ rule: TaxRule, at now: Timestamp, _ tx: Transaction) throws -> TaxRuleID {
        TaxRuleID(
            try tx.insert(
                "INSERT INTO tax_rates \(insert: try rule.values() + ["created_at": now, "updated_at": now])"))
    }

    /// Writes a rate and raises its version; returns false where the row is at another version.
    static func update(_ rule: TaxRule, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE tax_rates SET \(set: try rule.values()), version = version + 1, updated_at = \(now)
            WHERE id = \(rule.id) AND version = \(rule.version)
            """) == 1
    }
}
