import Commerce
import Primitives
import SQL

/// Statements on `account_events`.
enum AccountEventQueries {
    static func insert(
        _ kind: AccountEventKind, of user: UserID, from client: RequestOrigin?, detail: String, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO account_events (user_id, kind, ip_address, user_agent, detail, created_at)
            VALUES (\(user), \(kind), \(client?.address ?? ""), \(client?.userAgent ?? ""), \(detail), \(now))
            """)
    }

    static func count(of user: UserID, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM account_events WHERE user_id = \(user)") ?? 0
    }

    static func list(of user: UserID, limit: Query, _ connection: Connection) throws -> [AccountEvent] {
        try connection.all(
            """
            SELECT \(AccountEvent.columns) FROM account_events WHERE user_id = \(user)
            ORDER BY created_at DESC, id DESC \(limit)
            """)
    }
}
