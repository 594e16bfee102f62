import Primitives
import SQL

/// The statements on `sandbox_refunds` and `sandbox_disputes`, which are read and changed under the lock of their payment.
enum SandboxRefundQueries {
    static func refunds(of payments: [Int64], _ connection: Connection) throws -> [SandboxRefund] {
        try connection.all(
            """
            SELECT \(SandboxRefund.columns) FROM sandbox_refunds WHERE payment_id IN (\(list: payments)) ORDER BY id
            """)
    }

    static func disputes(of payments: [Int64], _ connection: Connection) throws -> [SandboxDispute] {
        try connection.all(
            """
            SELECT \(SandboxDispute.columns) FROM sandbox_disputes WHERE payment_id IN (\(list: payments)) ORDER BY id
            """)
    }

    /// Returns the refunds made in a span of time, in the order of their ids.
    static func refunds(
        from: Timestamp, until: Timestamp, after id: Int64, limit: Int, _ connection: Connection
    ) throws -> [SandboxRefund] {
        try connection.all(
            """
            SELECT \(SandboxRefund.columns) FROM sandbox_refunds
            WHERE created_at >= \(from) AND created_at < \(until) AND id > \(id) ORDER BY id LIMIT \(limit)
            """)
    }

    /// Returns the disputes made in a span of time, in the order of their ids.
    static func disputes(
        from: Timestamp, until: Timestamp, after id: Int64, limit: Int, _ connection: Connection
    ) throws -> [SandboxDispute] {
        try connection.all(
            """
            SELECT \(SandboxDispute.columns) FROM sandbox_disputes
            WHERE created_at >= \(from) AND created_at < \(until) AND id > \(id) ORDER BY id LIMIT \(limit)
            """)
    }

    static func insert(_ refund: SandboxRefund, _ tx: Transaction) throws -> Int64 {
        try tx.insert("INSERT INTO sandbox_refunds \(insert: try refund.values())")
    }

    static func insert(_ dispute: SandboxDispute, _ tx: Transaction) throws -> Int64 {
        try tx.insert("INSERT INTO sandbox_disputes \(insert: try dispute.values())")
    }

    static func update(_ refund: SandboxRefund, _ tx: Transaction) throws {
        try tx.execute("UPDATE sandbox_refunds SET \(set: try refund.values()) WHERE id = \(refund.id)")
    }

    static func update(_ dispute: SandboxDispute, _ tx: Transaction) throws {
        try tx.execute("UPDATE sandbox_disputes SET \(set: try dispute.values()) WHERE id = \(dispute.id)")
    }
}
