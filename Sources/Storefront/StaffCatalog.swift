import Catalog
import Commerce
import SQL
import Web

/// The catalog as staff see it: all that is not deleted.
struct StaffCatalog: Sendable {
    let currency: Currency
    private let counts = CountCache()

    /// Creates the catalog of a shop that sells in `currency`.
    init(currency: Currency) {
        self.currency = currency
    }

    /// Returns a product with all of its variants, whatever the public sees.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func product(_ reference: Reference, baseURL: String, _ connection: Connection) throws -> ProductDetail {
        let found = try ProductDetailQueries.read(reference, for: .staff, currency, baseURL: baseURL, connection)
        guard let found else { throw NotFound() }
        return found
    }

    /// Returns the products of a list.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func products(
        _ filter: StaffCatalogQueries.Filter, by ordering: Ordering<StaffCatalogQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<CatalogRow> {
        var filter = filter
        if let category = filter.category { filter.categories = try CategoryQueries.subtree(category, connection) }
        return try PageRows(count: counts.count(StaffCatalogQueries.counting(filter, connection), connection), page) {
            try StaffCatalogQueries.list(filter, by: ordering, page, connection)
        }
    }

    /// Returns every category by name, hidden ones too.
    ///
    /// - Throws: `SQLError`.
    func categories(_ connection: Connection) throws -> [Catalog.Category] { try CategoryQueries.all(connection) }
}
