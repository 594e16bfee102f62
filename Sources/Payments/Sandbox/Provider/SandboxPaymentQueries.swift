import Primitives
import SQL

/// The statements on `sandbox_payments`.
enum SandboxPaymentQueries {
    /// Returns a payment by its reference; `lock` is that of the dialect, where it will be changed.
    static func find(
        _ reference: String, lock: Query = .empty, _ connection: Connection
    ) throws -> SandboxPayment? {
        try connection.first(
            "SELECT \(SandboxPayment.columns) FROM sandbox_payments WHERE reference = \(reference) \(lock)")
    }

    /// Returns the newest payment that carries the shop's own id.
    static func find(transactionID: String, _ connection: Connection) throws -> SandboxPayment? {
        try connection.first(
            """
            SELECT \(SandboxPayment.columns) FROM sandbox_payments WHERE transaction_id = \(transactionID)
            ORDER BY id DESC LIMIT 1
            """)
    }

    /// Returns the payments made in a span of time, in the order of their ids.
    static func list(
        from: Timestamp, until: Timestamp, after id: Int64, limit: Int, _ connection: Connection
    ) throws -> [SandboxPayment] {
        try connection.all(
            """
            SELECT \(SandboxPayment.columns) FROM sandbox_payments
            WHERE created_at >= \(from) AND created_at < \(until) AND id > \(id) ORDER BY id LIMIT \(limit)
            """)
    }

    /// Returns payments by their ids.
    static func payments(_ ids: [Int64], _ connection: Connection) throws -> [SandboxPayment] {
        try connection.all("SELECT \(SandboxPayment.columns) FROM sandbox_payments WHERE id IN (\(list: ids))")
    }

    static func insert(_ payment: SandboxPayment, _ tx: Transaction) throws -> Int64 {
        try tx.insert(
            "INSERT INTO sandbox_payments \(insert: try payment.values() + ["updated_at": payment.createdAt])")
    }

    static func update(_ payment: SandboxPayment, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE sandbox_payments SET \(set: try payment.values() + ["updated_at": now]) WHERE id = \(payment.id)
            """)
    }
}
