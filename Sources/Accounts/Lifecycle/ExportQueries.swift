import Commerce
import Primitives
import SQL

/// Statements on `data_exports`.
enum ExportQueries {
    static func insert(for user: UserID, at now: Timestamp, _ tx: Transaction) throws -> Int64 {
        try tx.insert("INSERT INTO data_exports (user_id, created_at) VALUES (\(user), \(now))")
    }

    /// Returns the user of an export that waits to be made.
    static func pending(_ id: Int64, _ connection: Connection) throws -> UserID? {
        try connection.value("SELECT user_id FROM data_exports WHERE id = \(id) AND status = 'pending'")
    }

    static func finish(
        _ id: Int64, file: String, token hash: String, until end: Timestamp, at now: Timestamp, _ tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE data_exports SET status = 'ready', file_key = \(file), token_hash = \(hash), finished_at = \(now),
                expires_at = \(end)
            WHERE id = \(id) AND status = 'pending'
            """) == 1
    }

    /// Returns the key of the archive that a link leads to; nil once it has expired.
    static func file(_ hash: String, at now: Timestamp, _ connection: Connection) throws -> String? {
        try connection.value(
            """
            SELECT file_key FROM data_exports
            WHERE token_hash = \(hash) AND status = 'ready' AND expires_at > \(now) AND token_hash <> ''
            """)
    }

    /// Returns those of these keys that are archives a link still leads to.
    static func referenced(_ keys: [String], _ connection: Connection) throws -> [String] {
        try connection.column(
            "SELECT file_key FROM data_exports WHERE file_key IN (\(list: keys)) AND status = 'ready'")
    }

    /// Ends up to `limit` links whose time is over and gives the keys of their archives.
    static func expire(at now: Timestamp, limit: Int, _ tx: Transaction) throws -> [String] {
        let over = try tx.all(
            """
            SELECT id, file_key FROM data_exports WHERE expires_at <= \(now) AND status = 'ready' ORDER BY id LIMIT \(limit)
            """
        ) { (id: try $0(Int64.self), file: try $0(String.self)) }
        guard !over.isEmpty else { return [] }
        try tx.execute(
            "UPDATE data_exports SET status = 'expired', token_hash = '' WHERE id IN (\(list: over.map(\.id)))")
        return over.map(\.file)
    }
}
