import Commerce
import Primitives
import SQL

/// Keys of requests that may be repeated, with their answers: `idempotency_keys`.
public enum IdempotencyQueries {
    /// A row as it stands.
    struct Stored: RowDecodable {
        static let columns: Query = "fingerprint, status, headers, body, leased_until, expires_at"

        let fingerprint: String
        let status: Int
        let headers: String
        let body: [UInt8]
        let leasedUntil: Timestamp
        let expiresAt: Timestamp

        /// Answers of releases that sealed none stand with their headers in clear, or have no body.
        var isSealed: Bool { headers.isEmpty && !body.isEmpty }

        init(row: inout RowReader) throws {
            fingerprint = try row()
            status = try row()
            headers = try row()
            body = try row()
            leasedUntil = try row()
            expiresAt = try row()
        }
    }

    /// Deletes at most `limit` keys that expired before `moment`, and returns how many.
    ///
    /// - Throws: `SQLError`.
    @discardableResult
    public static func purge(before moment: Timestamp, limit: Int = 1_000, in tx: Transaction) throws -> Int {
        let digests: [String] = try tx.column(
            "SELECT digest FROM idempotency_keys WHERE expires_at < \(moment) ORDER BY expires_at LIMIT \(limit)")
        guard !digests.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM idempotency_keys WHERE digest IN (\(list: digests))")
    }

    /// Deletes at most `limit` stored answers of an erased user, and returns how many. Those of guests cannot be found
    /// by person: they are sealed, and expire within a day.
    ///
    /// - Throws: `SQLError`.
    public static func drop(of user: UserID, limit: Int, in tx: Transaction) throws -> Int {
        let digests: [String] = try tx.column(
            "SELECT digest FROM idempotency_keys WHERE user_id = \(user) LIMIT \(limit)")
        guard !digests.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM idempotency_keys WHERE digest IN (\(list: digests))")
    }

    private static let nothing: [UInt8] = []

    /// Marks a key as running; false where it has a row already.
    static func begin(_ key: IdempotencyKey, leasedUntil: Timestamp, expiresAt: Timestamp, _ tx: Transaction) throws
        -> Bool
    {
        try tx.execute(
            """
            \(tx.dialect.insertOrIgnore) idempotency_keys
            (digest, user_id, fingerprint, status, headers, body, leased_until, expires_at)
            VALUES (\(key.digest), \(key.user), \(key.fingerprint), 0, '', \(nothing), \(leasedUntil), \(expiresAt))
            """) == 1
    }

    static func find(_ key: IdempotencyKey, _ tx: Transaction) throws -> Stored? {
        try tx.first(
            "SELECT \(Stored.columns) FROM idempotency_keys WHERE digest = \(key.digest) \(tx.dialect.forUpdate)")
    }

    /// Takes over a row that has expired or whose lease has; false where somebody else was faster.
    static func takeOver(
        _ key: IdempotencyKey, from stored: Stored, leasedUntil: Timestamp, expiresAt: Timestamp, _ tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE idempotency_keys SET fingerprint = \(key.fingerprint), status = 0, headers = '', body = \(nothing),
            leased_until = \(leasedUntil), expires_at = \(expiresAt)
            WHERE digest = \(key.digest) AND leased_until = \(stored.leasedUntil) AND expires_at = \(stored.expiresAt)
            """) == 1
    }

    /// Stores the sealed answer of the holder of the key until `lease`; false where another request holds it meanwhile.
    static func finish(
        _ key: IdempotencyKey, heldUntil lease: Timestamp, status: Int, body: [UInt8], _ tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE idempotency_keys SET status = \(status), headers = '', body = \(body)
            WHERE digest = \(key.digest) AND status = 0 AND leased_until = \(lease)
            """) == 1
    }

    /// Frees the key where it is still held until `lease`.
    static func drop(_ key: IdempotencyKey, heldUntil lease: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            "DELETE FROM idempotency_keys WHERE digest = \(key.digest) AND status = 0 AND leased_until = \(lease)")
    }
}
