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
            INSERT INTO login_history (user_id, account_key, ip_address, network, user_agent, city, country, status,
                failure_reason, created_at)
            VALUES (\(user), \(account.text), \(client.address), \(client.network), \(client.userAgent),
                \(client.place.city), \(client.place.country), \(status), \(reason), \(now))
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

    /// When the failure was that is the `limit`th newest from this network after `start`.
    static func failure(
        _ limit: Int, from network: String, after start: Timestamp, _ connection: Connection
    ) throws -> Timestamp? {
        try connection.value(
            """
            SELECT created_at FROM login_history
            WHERE network = \(network) AND status = 'failed' AND created_at > \(start)
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

extension LoginQueries {
    static func count(of user: UserID, _ status: LoginStatus?, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM login_history WHERE \(condition(user, status))") ?? 0
    }

    static func list(
        of user: UserID, _ status: LoginStatus?, limit: Query, _ connection: Connection
    ) throws -> [LoginEntry] {
        try connection.all(
            """
            SELECT \(LoginEntry.columns) FROM login_history WHERE \(condition(user, status))
            ORDER BY created_at DESC, id DESC \(limit)
            """)
    }

    private static func condition(_ user: UserID, _ status: LoginStatus?) -> Query {
        "user_id = \(user)" + (status.map { " AND status = \($0)" } ?? .empty)
    }

    /// Marks a login of this user as strange; false where the user has none of this id.
    static func flag(_ id: Int64, of user: UserID, _ tx: Transaction) throws -> Bool {
        try tx.execute("UPDATE login_history SET is_flagged = 1 WHERE id = \(id) AND user_id = \(user)") == 1
    }

    static func insertReport(
        _ description: String, about login: Int64?, by user: UserID, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO suspicious_reports (user_id, login_history_id, description, created_at)
            VALUES (\(user), \(login), \(description), \(now))
            """)
    }
}

/// How a login went.
enum LoginStatus: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case success
    case failed
}

/// A login, good or bad.
struct LoginEntry: RowDecodable, Sendable {
    static let columns: Query =
        "id, status, failure_reason, ip_address, user_agent, city, country, is_flagged, created_at"

    let id: Int64
    let status: LoginStatus
    let reason: String
    let address: String
    let userAgent: String
    let place: Place
    let isFlagged: Bool
    let createdAt: Timestamp

    init(row: Row) throws {
        id = try row[0]
        status = try row[1]
        reason = try row[2]
        address = try row[3]
        userAgent = try row[4]
        place = Place(city: try row[5], country: try row[6])
        isFlagged = try row[7]
        createdAt = try row[8]
    }
}

/// What stands for an e-mail in rows that also exist for addresses without an account: its SHA-256.
struct AccountKey: Sendable, Hashable {
    let text: String

    /// - Parameter email: in its compared form.
    init(email: String) { text = Digest.hex(email) }
}

/// What a mail that somebody asked for is about.
enum MailPurpose: String, Sendable, Codable, SQLConvertible {
    case registration
    case verification
    case passwordReset = "password_reset"
    /// A code to a telephone: one of the account's, and one of the number's.
    case phoneCode = "phone_code"
    case phoneNumber = "phone_number"
    case dataExport = "data_export"
}
