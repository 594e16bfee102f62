import Catalog
import Commerce
import SQL

/// The catalog as everybody sees it.
struct PublicCatalog: Sendable {
    let currency: Currency
    let lists: ProductLists

    init(currency: Currency) {
        self.currency = currency
        self.lists = ProductLists(currency: currency)
    }

    /// Returns a product that is listed, with its active variants.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func product(_ reference: Reference, baseURL: String, _ connection: Connection) throws -> ProductDetail {
        let found = try ProductDetailQueries.read(reference, for: .everyone, currency, baseURL: baseURL, connection)
        guard let found else { throw NotFound() }
        return found
    }

    /// Returns the categories that are shown, by name.
    ///
    /// - Throws: `SQLError`.
    func categories(_ connection: Connection) throws -> [Catalog.Category] { try CategoryQueries.visible(connection) }

    /// Returns a category that is shown, and all of them.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func category(
        _ reference: Reference, _ connection: Connection
    ) throws -> (category: Catalog.Category, among: [Catalog.Category]) {
        let visible = try categories(connection)
        guard let category = visible.first(where: { reference.names($0.id.rawValue, $0.slug) }) else {
            throw NotFound()
        }
        return (category, visible)
    }
}
