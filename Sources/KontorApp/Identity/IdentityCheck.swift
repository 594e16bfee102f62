import Accounts
import Commerce
import Pictures
import SQL

/// What `check` says where settings, database and media folder do not belong together.
enum IdentityCheck {
    /// - Throws: `SQLError`, `MediaError`.
    static func findings(_ installation: Installation) async throws -> [DeployCheck.Finding] {
        let (currency, key) = (ShopCurrency(installation.settings.shop.currency), KeyCheck(installation.secret))
        let found = try await installation.database.read { connection in
            var found: [DeployCheck.Finding] = []
            if let kept = try currency.clash(connection) {
                found.append(.error("DEFAULT_CURRENCY", currency.advice(kept)))
            }
            if try key.isAnother(connection) {
                found.append(.error("SECRET_KEY", KeyCheck.advice(try SealedSecrets(connection))))
            }
            return try found + stops(connection)
        }
        return try await found + folder(installation)
    }

    /// The folders that the last sweep left alone.
    private static func stops(_ connection: Connection) throws -> [DeployCheck.Finding] {
        try ShopMedia.folders.compactMap { folder in
            try ShopFactQueries.value(.sweepStopped(folder), connection).map { reason in
                .error(
                    "media/\(folder)",
                    "is not swept: \(reason). Is it this shop's database? If so, run `kontor sweep --even-many`")
            }
        }
    }

    private static func folder(_ installation: Installation) async throws -> [DeployCheck.Finding] {
        guard case .differ(let own, let other) = try await installation.mediaOwnership.look() else { return [] }
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

extension DeployCheck.Finding {
    fileprivate static func error(_ key: String, _ advice: String) -> Self {
        DeployCheck.Finding(key: key, advice: advice, isError: true)
    }
}
