import Commerce
import Primitives
import SQL

/// Statements on everything that is sealed under the installation's secret.
enum SealedSecretQueries {
    static func twoFactors(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM two_factor WHERE is_enabled = 1") ?? 0
    }

    static func socialTokens(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM social_accounts WHERE access_token <> '' OR refresh_token <> ''")
            ?? 0
    }

    static func messages(_ connection: Connection) throws -> Int {
        try connection.value(
            """
            SELECT COUNT(*) FROM jobs WHERE kind IN ('mail.send', 'sms.send')
            AND (payload LIKE '%"sealed"%' OR payload LIKE '%"sealedText":"%')
            """) ?? 0
    }

    /// Returns the second factor that was set up last, in force or not, as it is sealed.
    static func newestFactor(_ connection: Connection) throws -> (user: UserID, sealed: String)? {
        try connection.first(
            "SELECT user_id, secret FROM two_factor ORDER BY created_at DESC, user_id DESC LIMIT 1"
        ) { (try $0(), try $0()) }
    }

    static func noteLoss(at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO account_events (user_id, kind, detail, created_at)
            SELECT user_id, \(AccountEventKind.twoFactorDisabled), 'the shop has another secret key', \(now)
            FROM two_factor WHERE is_enabled = 1
            """)
    }

    static func forget(_ tx: Transaction) throws {
        try tx.execute("DELETE FROM backup_codes")
        try tx.execute("DELETE FROM two_factor")
        try tx.execute("DELETE FROM phone_codes")
        try tx.execute("UPDATE social_accounts SET access_token = '', refresh_token = ''")
    }
}
