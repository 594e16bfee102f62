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

    /// Deletes old keys, and returns how many.
    static func purge(before moment: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let names: [String] = try tx.column(
            "SELECT name FROM sandbox_requests WHERE created_at < \(moment) ORDER BY created_at LIMIT \(limit)")
        return names.isEmpty ? 0 : try tx.execute("DELETE FROM sandbox_requests WHERE name IN (\(list: names))")
    }

    /// Forgets a key that was used before `end`.
    static func expire(_ key: String, before end: Timestamp, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM sandbox_requests WHERE name = \(key) AND created_at < \(end)")
    }
}
