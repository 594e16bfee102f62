import Commerce
import Primitives
import SQL

/// The currency that the shop's prices are in, held against `DEFAULT_CURRENCY`: an amount is a number of minor units,
/// and another setting would call 18.00 USD 1,800 JPY.
struct ShopCurrency: Sendable {
    private let wanted: Currency

    init(_ wanted: Currency) {
        self.wanted = wanted
    }

    /// Writes the currency down where none is known or nothing has a price yet.
    ///
    /// - Throws: `SettingsError` where there are prices in another currency, `SQLError`.
    func confirm(at now: Timestamp, _ tx: Transaction) throws {
        guard let kept = try clash(tx) else {
            guard try ShopFactQueries.value(.currency, tx) != wanted.code else { return }
            return try ShopFactQueries.record(.currency, wanted.code, at: now, tx)
        }
        throw SettingsError("DEFAULT_CURRENCY", advice(kept))
    }

    /// Returns the currency of the shop's prices where the setting names another one. A shop of before the currency was
    /// written down has its newest order to tell.
    ///
    /// - Throws: `SQLError`.
    func clash(_ connection: Connection) throws -> String? {
        let known = try ShopFactQueries.value(.currency, connection) ?? PricedQueries.newestCurrency(connection)
        guard let known, known != wanted.code, try PricedQueries.hasPrices(connection) else { return nil }
        return known
    }

    /// Returns what to do about prices in `kept`.
    func advice(_ kept: String) -> String {
        """
        is \(wanted.code), but this shop's prices are in \(kept). Set DEFAULT_CURRENCY=\(kept) to go on. To move to \
        \(wanted.code): write the tables with `kontor export categories`, `products` and `stock` under \(kept), put the new \
        prices into products.csv, start a new shop (another DATA_DIR or an empty database) with \
        DEFAULT_CURRENCY=\(wanted.code), and take them in there with `kontor import`
        """
    }
}
