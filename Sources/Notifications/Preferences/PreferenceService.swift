import Commerce
import Messages
import Primitives
import SQL

/// Which mails users want, the newsletter among them, whose flag lies with the account.
struct PreferenceService: Sendable {
    let readers: MailReaders
    let time: TimeSource

    /// A user's preferences with the newsletter's flag.
    struct Wishes: Sendable {
        let preferences: MailPreferences
        let newsletter: Bool
    }

    /// Returns what a user wants.
    ///
    /// - Throws: `SQLError`.
    func wishes(of user: UserID, _ connection: Connection) throws -> Wishes {
        Wishes(
            preferences: try PreferenceQueries.find(user, connection),
            newsletter: try readers.find(user, connection)?.takesNewsletter ?? false)
    }

    /// Changes what a user wants; nil leaves the newsletter as it is.
    ///
    /// - Throws: `SQLError`, what `check` throws about the version that is changed.
    func change(
        of user: UserID, newsletter: Bool?, in tx: Transaction, check: (Int) throws -> Void = { _ in },
        _ change: (inout MailPreferences) -> Void
    ) throws {
        // Whoever never said has no row to lock.
        try KeyLockQueries.lock(["notification preferences \(user)"], at: time.now, tx)
        var preferences = try PreferenceQueries.find(user, lock: tx.dialect.forUpdate, tx)
        try check(preferences.version)
        change(&preferences)
        try PreferenceQueries.save(preferences, of: user, at: time.now, tx)
        if let newsletter { try readers.setNewsletter(user, newsletter, tx) }
    }

    /// Ends mails of a purpose for a user, who has clicked on what stands in one.
    ///
    /// - Throws: `SQLError`.
    func refuse(_ purpose: MailKind, of user: UserID, in tx: Transaction) throws {
        try change(of: user, newsletter: purpose == .newsletter ? false : nil, in: tx) { $0.refuse(purpose) }
    }
}
