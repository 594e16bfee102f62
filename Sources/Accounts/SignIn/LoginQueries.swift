import Commerce
import Primitives
import SQL

/// Statements on `login_history` and `mail_requests`.
enum LoginQueries {
    static func insertSuccess(
        _ user: UserID, _ account: AccountKey, from client: RequestOrigin, at now: Timestamp, _ tx: Transaction
    ) throws {
        try insert(user, account, client, status: "success", reason: "", now, tx)
    }

    static func insertFailure(
        _ user: UserID?, _ account: AccountKey, from client: RequestOrigin, reason: String, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        try insert(user, account, client, status: "failed", reason: reason, now, tx)
    }

    private static func insert(
        _ user: UserID?, _ account: AccountKey, _ client: RequestOrigin, status: String, reason: String,
        _ now: Timestamp,
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

    /// Returns the moment of the failure that reached a limit after `start`: the newest of those of the account from
    /// this network, of the account from everywhere, and of the network; nil where no limit is reached. An account
    /// starts anew at its last success, from this network at its last success there.
    static func blocking(
        _ account: AccountKey, from network: String, after start: Timestamp, _ limits: AccountsConfiguration.Limits,
        _ connection: Connection
    ) throws -> Timestamp? {
        let own: Query = "account_key = \(account.text)"
        let here = own + " AND network = \(network)"
        let address = limits.loginFailuresByAddress.map { failure($0, "network = \(network)", after: start) }
        let moments = try connection.first(
            """
            SELECT (\(failure(limits.loginFailuresByAccount, here, after: start, anewAtSuccess: true))),
                (\(failure(limits.loginFailuresEverywhere, own, after: start, anewAtSuccess: true))),
                (\(address ?? "SELECT NULL"))
            """
        ) { row in [try row(Timestamp?.self), try row(), try row()] }
        return moments?.compactMap { $0 }.max()
    }

    private static func failure(
        _ limit: Int, _ condition: Query, after start: Timestamp, anewAtSuccess: Bool = false
    ) -> Query {
        let success: Query = """
            AND id > COALESCE((SELECT MAX(id) FROM login_history
                WHERE \(condition) AND status = 'success' AND created_at > \(start)), 0)
            """
        let anew = anewAtSuccess ? success : .empty
        return """
            SELECT created_at FROM login_history
            WHERE \(condition) AND status = 'failed' AND created_at > \(start) \(anew)
            ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET \(limit - 1)
            """
    }

    /// Returns the moment of the `limit`th newest failure of this user's sessions after `start`; nil where there are
    /// fewer.
    static func sessionFailure(
        _ limit: Int, of user: UserID, after start: Timestamp, _ connection: Connection
    ) throws -> Timestamp? {
        try connection.value(
            """
            SELECT created_at FROM login_history
            WHERE user_id = \(user) AND created_at > \(start) AND status = 'failed'
                AND failure_reason IN (\(list: SessionFailure.allCases.map(\.rawValue)))
            ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET \(limit - 1)
            """)
    }

    /// Records what a session got wrong.
    static func insertFailure(
        _ failure: SessionFailure, of user: Credentials, from client: RequestOrigin, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        try insertFailure(
            user.id, AccountKey(email: user.email), from: client, reason: failure.rawValue, at: now, tx)
    }

    static func insertMailRequest(
        _ purpose: MailPurpose, _ account: AccountKey, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO mail_requests (account_key, purpose, created_at) VALUES (\(account.text), \(purpose), \(now))
            """)
    }

    /// Returns the moment of the `limit`th newest request of this account for this purpose after `start`; nil where
    /// there are fewer.
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

/// What somebody who is logged in got wrong.
enum SessionFailure: String, Sendable, CaseIterable {
    case password = "password_not_confirmed"
    case code = "code_not_confirmed"
}

/// How a login went.
enum LoginStatus: String, WireEnum {
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

    init(row: inout RowReader) throws {
        id = try row()
        status = try row()
        reason = try row()
        address = try row()
        userAgent = try row()
        place = Place(city: try row(), country: try row())
        isFlagged = try row()
        createdAt = try row()
    }
}

/// The key of an e-mail in rows that also exist for addresses without an account: its SHA-256.
struct AccountKey: Sendable, Hashable {
    let text: String

    /// Creates the key of an e-mail in any spelling.
    init(email: String) { text = Digest.hex(EmailAddress(email)?.text ?? email) }

    /// Creates the key of a user within their sessions, apart from that of whoever tries their e-mail at the login.
    init(session user: UserID) { text = Digest.hex("user \(user)") }
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
