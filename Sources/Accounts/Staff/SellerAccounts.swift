import Commerce
import Primitives
import SQL
import Web

/// Accounts as the rooms of a marketplace ask for them.
public enum SellerAccounts {
    /// Returns the e-mail address of an account; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func email(of user: UserID, _ connection: Connection) throws -> String? {
        try PersonalDataQueries.email(of: user, connection)
    }

    /// Gives a customer the role of a vendor; who works for the shop keeps theirs. Sessions go on.
    ///
    /// - Throws: `SQLError`.
    public static func promote(_ user: UserID, at now: Timestamp, in tx: Transaction) throws {
        try SellerQueries.promote(user, at: now, tx)
    }

    /// Returns the names under which users are shown beside what they wrote: the username, else the first name and the
    /// first letter of the last.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func names(of users: [UserID], _ connection: Connection) throws -> [UserID: String] {
        try SellerQueries.names(of: users, connection).mapValues { name in
            if !name.username.isEmpty { return name.username }
            let initial = name.last.unicodeScalars.first.map { " \(String($0).uppercased())." } ?? ""
            return name.first.isEmpty ? "Customer" : name.first + initial
        }
    }
}
