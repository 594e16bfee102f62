import Primitives
import SQL

/// The statements on the sandbox's customers and their methods.
enum SandboxMethodQueries {
    static func insertCustomer(_ reference: String, at now: Timestamp, _ tx: Transaction) throws {
        try tx.insert("INSERT INTO sandbox_customers (reference, created_at) VALUES (\(reference), \(now))")
    }

    static func hasCustomer(_ reference: String, _ connection: Connection) throws -> Bool {
        try connection.value("SELECT COUNT(*) FROM sandbox_customers WHERE reference = \(reference)") == 1
    }

    /// Deletes a customer with all setups and methods.
    static func deleteCustomer(_ reference: String, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM sandbox_methods WHERE customer = \(reference)")
        try tx.execute("DELETE FROM sandbox_setups WHERE customer = \(reference)")
        try tx.execute("DELETE FROM sandbox_customers WHERE reference = \(reference)")
    }

    static func insertSetup(_ secret: String, of customer: String, at now: Timestamp, _ tx: Transaction) throws {
        try tx.insert(
            "INSERT INTO sandbox_setups (secret, customer, created_at) VALUES (\(secret), \(customer), \(now))")
    }

    /// Returns whose setup it is, and the method that it has saved; nil where there is none under this secret.
    static func lockSetup(_ secret: String, _ tx: Transaction) throws -> (customer: String, method: String?)? {
        try tx.tuple(
            "SELECT customer, method FROM sandbox_setups WHERE secret = \(secret) \(tx.dialect.forUpdate)",
            as: (String, String?).self)
    }

    static func finishSetup(_ secret: String, with method: String, _ tx: Transaction) throws {
        try tx.execute("UPDATE sandbox_setups SET method = \(method) WHERE secret = \(secret)")
    }

    static func insert(_ method: SandboxMethod, at now: Timestamp, _ tx: Transaction) throws {
        try tx.insert("INSERT INTO sandbox_methods \(insert: try method.values() + ["created_at": now])")
    }

    static func find(_ reference: String, of customer: String, _ connection: Connection) throws -> SandboxMethod? {
        try connection.first(
            """
            SELECT \(SandboxMethod.columns) FROM sandbox_methods
            WHERE reference = \(reference) AND customer = \(customer) AND detached_at IS NULL
            """)
    }

    /// Forgets a method; returns false where there is none.
    static func detach(_ reference: String, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            "UPDATE sandbox_methods SET detached_at = \(now) WHERE reference = \(reference) AND detached_at IS NULL")
            == 1
    }
}
