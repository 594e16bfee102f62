import Accounts
import Commerce
import Pictures
import Primitives
import SQL

extension Installation {
    /// Holds the settings against what the shop knows of itself: its currency, its secret key, its media folder. What a new
    /// or older shop does not know yet is written down.
    ///
    /// With `acceptingNewKey` another secret key is taken, and what was sealed under the former is given up.
    ///
    /// - Returns: what was given up; nil where the key is the shop's own.
    /// - Throws: `SettingsError` on `DEFAULT_CURRENCY` where prices are in another currency, on `SECRET_KEY` where the
    ///   database knows another key; `SQLError`, `MediaError`.
    @discardableResult
    public func identify(acceptingNewKey: Bool = false) async throws -> SealedSecrets? {
        guard try await migrator.pending().isEmpty else { return nil }
        let (currency, keyCheck) = (ShopCurrency(settings.shop.currency), KeyCheck(secret))
        let now = time.now
        let lost = try await database.write { tx in
            try currency.hold(at: now, tx)
            return try keyCheck.hold(acceptingNew: acceptingNewKey, at: now, tx)
        }
        try await mediaOwnership.markIfEmpty()
        return lost
    }

    /// Whose files the media folder holds.
    var mediaOwnership: MediaOwnership {
        MediaOwnership(media, database: database, time: time, random: random, folders: ShopMedia.folders)
    }
}
