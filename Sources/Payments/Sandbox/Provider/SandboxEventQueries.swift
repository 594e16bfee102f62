import Primitives
import SQL

/// The statements on the sandbox's events and on how they are told.
enum SandboxEventQueries {
    static func insert(
        _ reference: String, _ type: String, of payment: Int64, _ payload: String, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.insert(
            """
            INSERT INTO sandbox_events (reference, payment_id, type, payload, created_at)
            VALUES (\(reference), \(payment), \(type), \(payload), \(now))
            """)
    }

    static func payload(_ reference: String, _ connection: Connection) throws -> String? {
        try connection.value("SELECT payload FROM sandbox_events WHERE reference = \(reference)")
    }

    /// Deletes old events, and returns how many.
    static func purge(before moment: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let ids: [Int64] = try tx.column(
            "SELECT id FROM sandbox_events WHERE created_at < \(moment) ORDER BY created_at LIMIT \(limit)")
        return ids.isEmpty ? 0 : try tx.execute("DELETE FROM sandbox_events WHERE id IN (\(list: ids))")
    }

    static func behavior(_ connection: Connection) throws -> SandboxBehavior {
        try connection.first("SELECT \(SandboxBehavior.columns) FROM sandbox_behavior WHERE slot = 1")
            ?? SandboxBehavior()
    }

    static func store(_ behavior: SandboxBehavior, at now: Timestamp, _ tx: Transaction) throws {
        let values = try behavior.values() + ["updated_at": now]
        let slot: ColumnValues = ["slot": 1]
        try tx.execute("\(tx.dialect.insertOrIgnore) sandbox_behavior \(insert: slot + values)")
        try tx.execute("UPDATE sandbox_behavior SET \(set: values) WHERE slot = 1")
    }
}
