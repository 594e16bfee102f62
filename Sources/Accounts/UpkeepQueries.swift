import Primitives
import SQL

/// Statements that delete by age.
enum UpkeepQueries {
    /// The most rows of a table that one job deletes; what is left over goes in the next one.
    static let most = 2_000

    enum Table: CaseIterable {
        case sessions
        case loginHistory
        case verificationTokens
        case mailRequests
        case resetTokens
        case phoneCodes
        case challenges
        case events
    }

    /// Deletes at most ``most`` rows that have expired and returns how many there were.
    @discardableResult
    static func purge(_ table: Table, at now: Timestamp, _ tx: Transaction) throws -> Int {
        let key: Query = table == .phoneCodes ? "user_id" : "id"
        let ids = try tx.column(
            "SELECT \(key) FROM \(name(table)) WHERE \(condition(table, now)) ORDER BY \(key) LIMIT \(most)",
            as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        try tx.execute("DELETE FROM \(name(table)) WHERE \(key) IN (\(list: ids))")
        return ids.count
    }

    private static func name(_ table: Table) -> Query {
        switch table {
        case .sessions: "user_sessions"
        case .loginHistory: "login_history"
        case .verificationTokens: "email_verification_tokens"
        case .mailRequests: "mail_requests"
        case .resetTokens: "password_reset_tokens"
        case .phoneCodes: "phone_codes"
        case .challenges: "login_challenges"
        case .events: "account_events"
        }
    }

    /// Returns which rows have expired. Sessions stay a month after their end for the user to see, the login history
    /// half a year, the events of an account two years.
    private static func condition(_ table: Table, _ now: Timestamp) -> Query {
        switch table {
        case .sessions: "expires_at < \(now - .days(30))"
        case .loginHistory: "created_at < \(now - .days(180))"
        case .verificationTokens, .resetTokens, .phoneCodes, .challenges: "expires_at < \(now - .days(1))"
        case .mailRequests: "created_at < \(now - .days(1))"
        case .events: "created_at < \(now - .days(730))"
        }
    }
}
