import Commerce
import Primitives
import SQL

/// The second factor of a user as it is stored.
struct TwoFactor: RowDecodable {
    static let columns: Query = "is_enabled, secret, last_step, created_at, last_used_at"

    let isEnabled: Bool
    /// Sealed.
    let secret: String
    let lastStep: Int64
    let createdAt: Timestamp
    let lastUsedAt: Timestamp?

    init(row: inout RowReader) throws {
        isEnabled = try row()
        secret = try row()
        lastStep = try row()
        createdAt = try row()
        lastUsedAt = try row()
    }
}

/// Statements on `two_factor` and `backup_codes`.
enum TwoFactorQueries {
    static func find(_ user: UserID, _ connection: Connection) throws -> TwoFactor? {
        try connection.first("SELECT \(TwoFactor.columns) FROM two_factor WHERE user_id = \(user)")
    }

    static func isEnabled(_ user: UserID, _ connection: Connection) throws -> Bool {
        try connection.value("SELECT 1 FROM two_factor WHERE user_id = \(user) AND is_enabled = 1", as: Int.self) != nil
    }

    /// Keeps a secret of a locked user that is not in force yet, in place of another such.
    static func prepare(_ user: UserID, secret: String, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM two_factor WHERE user_id = \(user) AND is_enabled = 0")
        try tx.execute("INSERT INTO two_factor (user_id, secret, created_at) VALUES (\(user), \(secret), \(now))")
    }

    /// Puts the prepared secret into force, its first code taken.
    static func enable(_ user: UserID, step: Int64, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE two_factor SET is_enabled = 1, last_step = \(step), last_used_at = \(now)
            WHERE user_id = \(user) AND is_enabled = 0
            """) == 1
    }

    /// Takes the code of a period: false where it, or a later one, has been taken.
    static func take(_ step: Int64, of user: UserID, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE two_factor SET last_step = \(step), last_used_at = \(now)
            WHERE user_id = \(user) AND is_enabled = 1 AND last_step < \(step)
            """) == 1
    }

    static func remove(_ user: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM backup_codes WHERE user_id = \(user)")
        try tx.execute("DELETE FROM two_factor WHERE user_id = \(user)")
    }

    /// Puts new backup codes in the place of all others.
    static func replaceCodes(of user: UserID, by hashes: [String], at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM backup_codes WHERE user_id = \(user)")
        let rows = hashes.map { [SQLValue].row(user, $0, now) }
        try tx.execute("INSERT INTO backup_codes (user_id, code_hash, created_at) VALUES \(rows: rows)")
    }

    /// Takes a backup code: false where there is none such, or it was taken.
    static func takeCode(_ hash: String, of user: UserID, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE backup_codes SET used_at = \(now)
            WHERE user_id = \(user) AND code_hash = \(hash) AND used_at IS NULL
            """) == 1
    }

    static func codes(of user: UserID, _ connection: Connection) throws -> (remaining: Int, total: Int) {
        let (total, used): (Int, Int) =
            try connection.tuple("SELECT COUNT(*), COUNT(used_at) FROM backup_codes WHERE user_id = \(user)") ?? (0, 0)
        return (total - used, total)
    }
}
