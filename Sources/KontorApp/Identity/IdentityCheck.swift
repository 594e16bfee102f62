import Accounts
import Commerce
import Modules
import Pictures
import SQL

/// The findings of `check` where settings, database and media folder do not belong together.
enum IdentityCheck {
    /// Finds out what does not belong together.
    ///
    /// - Throws: `SQLError`, `MediaError`.
    static func findings(_ installation: Installation, _ modules: ModuleList) async throws -> [CheckFinding] {
        let folders = modules.mediaFolders.map(\.name).sorted()
        let (currency, key) = (ShopCurrency(installation.settings.shop.currency), KeyCheck(installation.secret))
        let found = try await installation.database.read { connection in
            var found: [CheckFinding] = []
            if let kept = try currency.clash(connection) {
                found.append(.error("DEFAULT_CURRENCY", currency.advice(kept)))
            }
            if try key.isAnother(connection) {
                found.append(.error("SECRET_KEY", KeyCheck.advice(try SealedSecrets(connection))))
            }
            return try found + stops(folders, connection)
        }
        return try await found + folder(installation, folders)
    }

    /// Returns the folders that the last sweep left alone.
    private static func stops(_ folders: [String], _ connection: Connection) throws -> [CheckFinding] {
        try folders.compactMap { folder in
            try ShopFactQueries.value(.sweepStopped(folder), connection).map { reason in
                .error(
                    "media/\(folder)",
                    "is not swept: \(reason). Is it this shop's database? If so, run `kontor sweep --even-many`")
            }
        }
    }

    private static func folder(_ installation: Installation, _ folders: [String]) async throws -> [CheckFinding] {
        guard case .differ(let own, let other) = try await installation.mediaOwnership(folders).look() else {
            return []
        }
        return [
            .error(
                "media/shop-id",
                """
                is \(other), but the database's is \(own): one of the two is another shop's, and nothing is swept. Where \
                they do belong together, remove media/shop-id: the next sweep looks through the files and writes it anew
                """)
        ]
    }
}

extension CheckFinding {
    fileprivate static func error(_ key: String, _ advice: String) -> Self {
        CheckFinding(key, advice, isError: true)
    }
}
