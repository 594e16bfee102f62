import Commerce
import Modules
import Primitives
import SQL

/// Statements that take a person out of the tables of accounts.
enum AccountErasureQueries {
    /// Keeps the address that a user had until now.
    static func remember(_ former: Credentials, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO former_emails (user_id, email, was_verified, changed_at)
            VALUES (\(former.id), \(former.email), \(former.isEmailVerified), \(now))
            """)
    }

    /// Returns the addresses that were shown to be a user's and to be nobody else's since, each until when it was
    /// theirs.
    static func formerAddresses(of user: UserID, _ tx: Transaction) throws -> [ErasedUser.Address] {
        try tx.all(
            """
            SELECT email, MAX(changed_at) FROM former_emails WHERE user_id = \(user) AND was_verified = 1
            AND email NOT IN (SELECT email FROM users WHERE id <> \(user) AND is_email_verified = 1) GROUP BY email
            """
        ) { .init(email: try $0(), until: try $0()) }
    }

    /// The domain of the addresses that stand in erased rows (RFC 2606).
    static let nowhere = "deleted.invalid"

    /// Empties a user's row of the person, so that what refers to it still does. `token` keeps the address in its place
    /// from being guessed and taken. Its history goes by ``eraseHistory(of:limit:_:)``.
    static func erase(_ user: UserID, token: String, at now: Timestamp, _ tx: Transaction) throws {
        let own: [Query] = [
            "addresses", "email_verification_tokens", "password_reset_tokens", "phone_codes", "backup_codes",
            "two_factor", "login_challenges", "social_accounts", "staff_group_members", "data_exports", "usernames",
            "former_emails",
        ]
        for table in own { try tx.execute("DELETE FROM \(table) WHERE user_id = \(user)") }
        try tx.execute("DELETE FROM user_profiles WHERE user_id = \(user)")
        try tx.execute("INSERT INTO user_profiles (user_id) VALUES (\(user))")
        try tx.execute(
            """
            UPDATE users SET email = \("\(token.lowercased())@\(nowhere)"), username = '', password_hash = '',
                first_name = '', last_name = '', phone_number = '', date_of_birth = NULL, gender = '', bio = '',
                profile_image = '', cover_image = '', role = 'customer', permissions = '', group_permissions = '',
                is_email_verified = 0, is_phone_verified = 0, is_active = 0, suspension_reason = '', last_login = NULL,
                deleted_at = \(now), version = version + 1, updated_at = \(now)
            WHERE id = \(user)
            """)
    }

    /// Deletes at most `limit` rows of an account's history and returns how many there were.
    static func eraseHistory(of user: ErasedUser, limit: Int, _ tx: Transaction) throws -> Int {
        let own: [Query] = ["user_sessions", "login_history", "suspicious_reports", "account_events"]
        var count = 0
        for table in own {
            count += try delete(from: table, where: "user_id = \(user.id)", limit: limit - count, tx)
        }
        for address in user.addresses {
            let failures: Query = """
                user_id IS NULL AND account_key = \(AccountKey(email: address.email).text)
                AND created_at <= \(address.until)
                """
            count += try delete(from: "login_history", where: failures, limit: limit - count, tx)
        }
        return count
    }

    private static func delete(
        from table: Query, where condition: Query, limit: Int, _ tx: Transaction
    ) throws -> Int {
        guard limit > 0 else { return 0 }
        let ids = try tx.column("SELECT id FROM \(table) WHERE \(condition) LIMIT \(limit)", as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM \(table) WHERE id IN (\(list: ids))")
    }
}
