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
}
