import Commerce
import Primitives
import SQL

/// A login whose second factor is awaited.
struct LoginChallenge: RowDecodable {
    static let columns: Query = "id, user_id, cart_key, tries"

    let id: Int64
    let user: UserID
    let cart: SessionKey?
    let tries: Int

    init(row: inout RowReader) throws {
        id = try row()
        user = try row()
        cart = SessionKey(try row() as String)
        tries = try row()
    }
}

/// Statements on `login_challenges`.
enum ChallengeQueries {
    static func insert(
        _ hash: String, for user: UserID, cart: SessionKey?, until end: Timestamp, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO login_challenges (user_id, token_hash, cart_key, created_at, expires_at)
            VALUES (\(user), \(hash), \(cart?.text ?? ""), \(now), \(end))
            """)
    }

    /// Returns a challenge that may still be answered.
    static func open(_ hash: String, at now: Timestamp, _ connection: Connection) throws -> LoginChallenge? {
        try connection.first(
            """
            SELECT \(LoginChallenge.columns) FROM login_challenges
            WHERE token_hash = \(hash) AND is_used = 0 AND expires_at > \(now)
            """)
    }

    /// Counts a wrong answer; after the last one the challenge is spent.
    static func countTry(_ id: Int64, most: Int, _ tx: Transaction) throws {
        // MySQL evaluates assignments from left to right: what looks at the old value stands first.
        try tx.execute(
            """
            UPDATE login_challenges SET is_used = CASE WHEN tries + 1 >= \(most) THEN 1 ELSE 0 END, tries = tries + 1
            WHERE id = \(id) AND is_used = 0
            """)
    }

    static func spend(_ id: Int64, _ tx: Transaction) throws -> Bool {
        try tx.execute("UPDATE login_challenges SET is_used = 1 WHERE id = \(id) AND is_used = 0") == 1
    }

    static func spendAll(of user: UserID, _ tx: Transaction) throws {
        try tx.execute("UPDATE login_challenges SET is_used = 1 WHERE user_id = \(user) AND is_used = 0")
    }
}
