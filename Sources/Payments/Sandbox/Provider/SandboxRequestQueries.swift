import Primitives
import SQL

/// The statements on the sandbox's idempotency keys.
enum SandboxRequestQueries {
    /// Claims a key until the transaction ends; returns false where a request has used it before. Whoever comes while another holds
    /// it waits.
    static func claim(_ key: String, _ digest: String, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            \(tx.dialect.insertOrIgnore) sandbox_requests (name, digest, answer, created_at)
            VALUES (\(key), \(digest), \("null"), \(now))
            """) == 1
    }

    static func answer(_ key: String, _ tx: Transaction) throws -> (digest: String, answer: String)? {
        try tx.tuple(
            "SELECT digest, answer FROM sandbox_requests WHERE name = \(key)", as: (String, String).self)
    }

    static func store(_ answer: String, of key: String, _ tx: Transaction) throws {
        try tx.execute("UPDATE sandbox_requests SET answer = \(answer) WHERE name = \(key)")
    }

    /// Forgets a key that was used before `end`.
    static func expire(_ key: String, before end: Timestamp, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM sandbox_requests WHERE name = \(key) AND created_at < \(end)")
    }
}
