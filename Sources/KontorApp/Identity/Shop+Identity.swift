import Accounts
import Commerce
import Modules
import Pictures
import Primitives
import SQL

extension Shop {
    /// Holds the settings against what the shop knows of itself: its currency, its secret key, its media folder. What a
    /// new or older shop does not know yet is written down.
    ///
    /// With `acceptingNewKey` another secret key is taken, and what was sealed under the former is given up.
    ///
    /// - Returns: what was given up; nil where the key is the shop's own.
    /// - Throws: `SettingsError` on `DEFAULT_CURRENCY` where prices are in another currency, on `SECRET_KEY` where the
    ///   database knows another key; `SQLError`, `MediaError`.
    @discardableResult
    public func identify(acceptingNewKey: Bool = false) async throws -> SealedSecrets? {
        guard try await installation.migrator.pending().isEmpty else { return nil }
        let (currency, keyCheck) = (
            ShopCurrency(installation.settings.shop.currency), KeyCheck(installation.secret)
        )
        let now = installation.time.now
        let lost = try await installation.database.write { tx in
            try currency.confirm(at: now, tx)
            return try keyCheck.confirm(acceptingNew: acceptingNewKey, at: now, tx)
        }
        try await installation.mediaOwnership(modules.mediaFolders.map(\.name).sorted()).markIfEmpty()
        return lost
    }
}

extension Installation {
    /// Returns whose files the media store's folders hold.
    func mediaOwnership(_ folders: [String]) -> MediaOwnership {
        MediaOwnership(media, database: database, time: time, random: random, folders: folders)
    }
}
