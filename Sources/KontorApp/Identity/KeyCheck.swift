import Accounts
import Commerce
import Primitives
import SQL

/// The installation's secret held against the one under which the database's texts are sealed.
struct KeyCheck: Sendable {
    private let secret: SecretKey

    init(_ secret: SecretKey) {
        self.secret = secret
    }

    /// Writes the key's fingerprint down where none is known; with `acceptingNew` in place of another, whose sealed
    /// texts are given up.
    ///
    /// - Returns: what was given up; nil where the key is the shop's own.
    /// - Throws: `SettingsError` where it is another and not accepted, `SQLError`.
    func confirm(acceptingNew: Bool, at now: Timestamp, _ tx: Transaction) throws -> SealedSecrets? {
        guard try isAnother(tx) else {
            _ = try ShopFactQueries.keepFirst(.secretKey, secret.fingerprint, at: now, tx)
            return nil
        }
        let sealed = try SealedSecrets(tx)
        guard acceptingNew else { throw SettingsError("SECRET_KEY", Self.advice(sealed)) }
        try SealedSecrets.forget(at: now, in: tx)
        try ShopFactQueries.record(.secretKey, secret.fingerprint, at: now, tx)
        return sealed
    }

    /// Tells whether the database was sealed under another secret. A shop of before fingerprints has its newest second
    /// factor to tell.
    ///
    /// - Throws: `SQLError`.
    func isAnother(_ connection: Connection) throws -> Bool {
        if let known = try ShopFactQueries.value(.secretKey, connection) { return known != secret.fingerprint }
        return try SealedSecrets.opens(under: secret, connection) == false
    }

    /// Returns what to do about another key, and what it would cost.
    static func advice(_ sealed: SealedSecrets) -> String {
        """
        is not the one that this database was sealed under. Set the former one (SECRET_KEY, or the file secret_key in the \
        former DATA_DIR). Where it is lost, `kontor serve --accept-new-key` goes on without what only it could open: \
        \(sealed.loss)
        """
    }
}

extension SealedSecrets {
    /// A sentence that says what is lost with the key.
    public var loss: String {
        """
        two factors of \(twoFactors) users (taken off), the tokens of \(socialTokens) social accounts, \(messages) waiting \
        mails and messages with a link or code (they become dead jobs); everybody logs in anew
        """
    }
}
