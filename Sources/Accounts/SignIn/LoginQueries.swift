import Commerce
import Primitives
import SQL

/// Statements on `login_history` and `mail_requests`.
enum LoginQueries {
    static func insertSuccess(
        _ user: UserID, _ account: AccountKey, from client: Client, at now: Timestamp, _ tx: Transaction
    ) throws {
        try insert(user, account, client, status: "success", reason: "", now, tx)
    }

    static func insertFailure(
        _ user: UserID?, _ account: AccountKey, from client: Client, reason: String, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        try insert(user, account, client, status: "failed", reason: reason, now, tx)
    }

    private static func insert(
        _ user: UserID?, _ account: AccountKey, _ client: Client, status: String, reason: String, _ now: Timestamp,
        _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO login_history (user_id, account_key, ip_address, user_agent, status, failure_reason, created_at)
            VALUES (\(user), \(account.text), \(client.address), \(client.userAgent), \(status), \(reason), \(now))
            """)
    }

    /// When the failure was that is the `limit`th newest of this account after `start` and after its last success.
    static func failure(
        _ limit: Int, of account: AccountKey, after start: Timestamp, _ connection: Connection
    ) throws -> Timestamp? {
        try connection.value(
            """
            SELECT created_at FROM login_history
            WHERE account_key = \(account.text) AND status = 'failed' AND created_at > \(start)
                AND id > COALESCE((SELECT MAX(id) FROM login_history
                    WHERE account_key = \(account.text) AND status = 'success' AND created_at > \(start)), 0)
            ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET \(limit - 1)
            """)
    }

    /// When the failure was that is the `limit`th newest from this address after `start`.
    static func failure(
        _ limit: Int, from address: String, after start: Timestamp, _ connection: Connection
    ) throws -> Timestamp? {
        try connection.value(
            """
            SELECT created_at FROM login_history
            WHERE ip_address = \(address) AND status = 'failed' AND created_at > \(start)
            ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET \(limit - 1)
            """)
    }

    static func insertMailRequest(
        _ purpose: MailPurpose, _ account: AccountKey, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO mail_requests (account_key, purpose, created_at) VALUES (\(account.text), \(purpose), \(now))
            """)
    }

    /// When the request was that is the `limit`th newest of this account for this purpose after `start`.
    static func mailRequest(
        _ limit: Int, _ purpose: MailPurpose, of account: AccountKey, after start: Timestamp, _ connection: Connection
    ) throws -> Timestamp? {
        try connection.value(
            """
            SELECT created_at FROM mail_requests
            WHERE account_key = \(account.text) AND purpose = \(purpose) AND created_at > \(start)
            ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET \(limit - 1)
            """)
    }
}

/// What stands for an e-mail in rows that also exist for addresses without an account: its SHA-256.
struct AccountKey: Sendable, Hashable {
    let text: String

    /// - Parameter email: in its compared form.
    init(email: String) { text = Digest.hex(email) }
}

/// What a mail that somebody asked for is about.
enum MailPurpose: String, Sendable, SQLConvertible {
    case verification
}
