import Commerce
import Primitives
import SQL

/// A social account that is joined to a user.
struct SocialAccount: RowDecodable, Sendable {
    static let columns: Query = "id, user_id, provider, provider_user_id, email, created_at, updated_at"

    let id: Int64
    let user: UserID
    let provider: String
    let subject: String
    let email: String
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(row: inout RowReader) throws {
        id = try row()
        user = try row()
        provider = try row()
        subject = try row()
        email = try row()
        createdAt = try row()
        updatedAt = try row()
    }
}

/// Statements on `social_accounts`.
enum SocialQueries {
    static func find(
        _ provider: SocialProvider, _ subject: String, _ connection: Connection
    ) throws -> SocialAccount? {
        try connection.first(
            """
            SELECT \(SocialAccount.columns) FROM social_accounts
            WHERE provider = \(provider.rawValue) AND provider_user_id = \(subject)
            """)
    }

    static func all(of user: UserID, _ connection: Connection) throws -> [SocialAccount] {
        try connection.all(
            "SELECT \(SocialAccount.columns) FROM social_accounts WHERE user_id = \(user) ORDER BY provider, id")
    }

    /// Joins a social account to a user.
    ///
    /// - Throws: `SQLError` of kind `.unique` where it is somebody's, or the user has another one of the provider.
    static func insert(
        _ identity: SocialIdentity, for user: UserID, accessToken: String, profile: String, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO social_accounts (user_id, provider, provider_user_id, email, access_token, refresh_token,
                token_expires_at, profile_data, created_at, updated_at)
            VALUES (\(user), \(identity.provider.rawValue), \(identity.subject), \(identity.email ?? ""), \(accessToken), '',
                \(identity.expiresAt.map { Timestamp(seconds: $0) }), \(profile), \(now), \(now))
            """)
    }

    static func refresh(
        _ id: Int64, _ identity: SocialIdentity, accessToken: String, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE social_accounts SET email = \(identity.email ?? ""), access_token = \(accessToken),
                token_expires_at = \(identity.expiresAt.map { Timestamp(seconds: $0) }), updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    static func deleteAll(of user: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM social_accounts WHERE user_id = \(user)")
    }

    static func delete(_ provider: SocialProvider, of user: UserID, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            "DELETE FROM social_accounts WHERE user_id = \(user) AND provider = \(provider.rawValue)") == 1
    }
}
