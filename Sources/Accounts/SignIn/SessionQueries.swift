import Commerce
import Primitives
import SQL
import Web

/// Statements on `user_sessions`.
enum SessionQueries {
    /// Why a session is over.
    enum EndReason: String, SQLConvertible {
        case logout
        case refreshReused = "refresh_reused"
        case passwordChanged = "password_changed"
        case terminated
        case logoutAll = "logout_all"
        case reported
        case deactivated
        case suspended
        case deleted
        case socialTakeover = "social_takeover"
    }

    static func insert(
        _ user: UserID, refresh: TokenMint.RefreshID, from client: RequestOrigin, until end: Timestamp,
        at now: Timestamp,
        _ tx: Transaction
    ) throws -> SessionID {
        SessionID(
            try tx.insert(
                """
                INSERT INTO user_sessions (user_id, refresh_hash, user_agent, ip_address, city, country, created_at,
                    last_activity_at, expires_at)
                VALUES (\(user), \(refresh.hash), \(client.userAgent), \(client.address), \(client.place.city),
                    \(client.place.country), \(now), \(now), \(end))
                """))
    }

    /// Reads a session with its user in one statement, as every request with a token does.
    static func status(_ id: SessionID, _ connection: Connection) throws -> SessionStatus? {
        try connection.first(
            """
            SELECT \(SessionStatus.columns) FROM user_sessions s JOIN users u ON u.id = s.user_id WHERE s.id = \(id)
            """)
    }

    /// Locks a session, shared, until the transaction ends; false where it is over.
    static func lockShared(_ id: SessionID, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.value(
            """
            SELECT 1 FROM user_sessions WHERE id = \(id) AND ended_at IS NULL AND expires_at > \(now)
            \(tx.dialect.forShare)
            """, as: Int.self) != nil
    }

    /// Records activity at `now` unless there was some after `limit`.
    static func touch(_ id: SessionID, at now: Timestamp, unlessAfter limit: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE user_sessions SET last_activity_at = \(now) WHERE id = \(id) AND last_activity_at <= \(limit)")
    }

    /// Puts the next refresh token in the place of `spent`; false where `spent` is not the current one of a live
    /// session.
    static func rotate(
        _ id: SessionID, from spent: TokenMint.RefreshID, to next: TokenMint.RefreshID, until end: Timestamp,
        at now: Timestamp, _ tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE user_sessions SET refresh_hash = \(next.hash), expires_at = \(end), last_activity_at = \(now)
            WHERE id = \(id) AND refresh_hash = \(spent.hash) AND ended_at IS NULL AND expires_at > \(now)
            """) == 1
    }

    /// Ends one session; false where it had ended.
    @discardableResult
    static func end(_ id: SessionID, _ reason: EndReason, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE user_sessions SET ended_at = \(now), end_reason = \(reason) WHERE id = \(id) AND ended_at IS NULL
            """) == 1
    }

    /// Ends every session of a user but one; how many were live.
    @discardableResult
    static func endAll(
        of user: UserID, _ reason: EndReason, keeping kept: SessionID? = nil, at now: Timestamp, _ tx: Transaction
    ) throws -> Int {
        try tx.execute(
            """
            UPDATE user_sessions SET ended_at = \(now), end_reason = \(reason)
            WHERE user_id = \(user) AND ended_at IS NULL AND id <> \(kept ?? SessionID(0))
            """)
    }

    /// Ends a session of this user; false where the user has none such that is live.
    static func end(
        _ id: SessionID, of user: UserID, _ reason: EndReason, at now: Timestamp, _ tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE user_sessions SET ended_at = \(now), end_reason = \(reason)
            WHERE id = \(id) AND user_id = \(user) AND ended_at IS NULL AND expires_at > \(now)
            """) == 1
    }

    static func countLive(of user: UserID, at now: Timestamp, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM user_sessions WHERE \(isLive(user, now))") ?? 0
    }

    static func live(
        of user: UserID, limit: Query, at now: Timestamp, _ connection: Connection
    ) throws -> [UserSession] {
        try connection.all(
            """
            SELECT \(UserSession.columns) FROM user_sessions WHERE \(isLive(user, now))
            ORDER BY last_activity_at DESC, id DESC \(limit)
            """)
    }

    static func find(_ id: SessionID, of user: UserID, _ connection: Connection) throws -> UserSession? {
        try connection.first(
            "SELECT \(UserSession.columns) FROM user_sessions WHERE id = \(id) AND user_id = \(user)")
    }

    private static func isLive(_ user: UserID, _ now: Timestamp) -> Query {
        "user_id = \(user) AND ended_at IS NULL AND expires_at > \(now)"
    }
}

/// A session and its user as a request with a token finds them.
struct SessionStatus: RowDecodable {
    static let columns: Query = """
        s.refresh_hash, s.last_activity_at, s.expires_at, s.ended_at, s.user_id, s.id, u.email, u.role, u.permissions, \
        u.group_permissions, u.is_email_verified, u.is_active, u.is_suspended
        """

    let identity: Identity
    let refreshHash: String
    let lastActivityAt: Timestamp
    let status: AccountStatus
    private let expiresAt: Timestamp
    private let endedAt: Timestamp?

    init(row: inout RowReader) throws {
        refreshHash = try row()
        lastActivityAt = try row()
        expiresAt = try row()
        endedAt = try row()
        identity = Identity(
            userID: try row(), sessionID: try row(), email: try row(), role: try Role(stored: try row()),
            permissions: PermissionList.read(try row()).union(PermissionList.read(try row())),
            isEmailVerified: try row())
        status = AccountStatus(isActive: try row(), isSuspended: try row())
    }

    func isLive(at now: Timestamp) -> Bool { endedAt == nil && now < expiresAt }
}
