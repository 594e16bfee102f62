import Primitives
import SQL

/// Statements on `shop_facts`.
public enum ShopFactQueries {
    /// Returns what is stored under `fact`; nil where nothing is.
    ///
    /// - Throws: `SQLError`.
    public static func value(_ fact: ShopFact, _ connection: Connection) throws -> String? {
        try connection.value("SELECT value FROM shop_facts WHERE name = \(fact.name)")
    }

    /// Stores `value` where nothing is stored under `fact` yet, and returns what is stored then: of several processes
    /// the first wins.
    ///
    /// - Throws: `SQLError`.
    public static func keepFirst(
        _ fact: ShopFact, _ value: String, at now: Timestamp, _ tx: Transaction
    ) throws -> String {
        try tx.execute(
            """
            \(tx.dialect.insertOrIgnore) shop_facts (name, value, noted_at) VALUES (\(fact.name), \(value), \(now))
            """)
        return try self.value(fact, tx) ?? value
    }

    /// Stores `value` under `fact`, in place of what was there; nil deletes it.
    ///
    /// - Throws: `SQLError`.
    public static func record(_ fact: ShopFact, _ value: String?, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM shop_facts WHERE name = \(fact.name)")
        guard let value else { return }
        try tx.execute(
            "INSERT INTO shop_facts (name, value, noted_at) VALUES (\(fact.name), \(value), \(now))")
    }
}
