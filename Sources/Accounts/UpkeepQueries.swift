import Primitives
import SQL

/// Statements that delete by age.
enum UpkeepQueries {
    /// A write has its budget: what is left over goes at the next run.
    private static let most = 2_000

    enum Table: CaseIterable {
        case sessions
        case loginHistory
        case verificationTokens
        case mailRequests
    }

    static func purge(_ table: Table, at now: Timestamp, _ tx: Transaction) throws {
        let ids = try tx.column(
            "SELECT id FROM \(name(table)) WHERE \(condition(table, now)) ORDER BY id LIMIT \(most)", as: Int64.self)
        guard !ids.isEmpty else { return }
        try tx.execute("DELETE FROM \(name(table)) WHERE id IN (\(list: ids))")
    }

    private static func name(_ table: Table) -> Query {
        switch table {
        case .sessions: "user_sessions"
        case .loginHistory: "login_history"
        case .verificationTokens: "email_verification_tokens"
        case .mailRequests: "mail_requests"
        }
    }

    /// Sessions stay a month after their end for the user to see, the login history half a year.
    private static func condition(_ table: Table, _ now: Timestamp) -> Query {
        switch table {
        case .sessions: "expires_at < \(now - .days(30))"
        case .loginHistory: "created_at < \(now - .days(180))"
        case .verificationTokens: "expires_at < \(now - .days(1))"
        case .mailRequests: "created_at < \(now - .days(1))"
        }
    }
}
