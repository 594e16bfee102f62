import Catalog
import Commerce
import Primitives
import SQL

/// The statements behind facets: three, whatever the list, and one more where variants have prices of their own.
enum FacetQueries {
    /// Returns the listed products that `filter` finds; only its search and its condition on featured products count.
    static func table(_ filter: ProductFilter, _ connection: Connection) throws -> FacetTable {
        var list = ProductList(filter: filter)
        // Asking for no less than nothing joins the ratings.
        list.filter.minRating = 0
        let parts = ProductListQueries.Parts(list, nil, connection.dialect)
        var (categories, vendors) = (Places<CategoryID>(), Places<VendorID>())
        var several: [(id: ProductID, ends: [Money])] = []
        let rows = try connection.all(
            """
            SELECT COALESCE(rated.rating_sum, 0), COALESCE(rated.rating_count, 0), p.price_low, p.price_high, p.id,
            p.category_id, p.vendor_id, \(StockSQL.isInStock) FROM \(parts.source) WHERE \(parts.condition)
            """
        ) { row in
            let (sum, count): (Int64, Int64) = (try row(), try row())
            let (lowest, highest): (Money, Money) = (try row(), try row())
            let id: ProductID = try row()
            if lowest < highest { several.append((id, [lowest, highest])) }
            return FacetTable.Row(
                price: lowest.minorUnits, category: categories.place(of: try row()),
                vendor: vendors.place(of: try row()), rating: count == 0 ? 0 : Int16(sum * 100 / count),
                isInStock: try row(), several: lowest < highest ? Int32(several.count - 1) : -1)
        }
        let between = try ListPriceQueries.between(several.map(\.id), connection)
        let prices = several.map { product in
            (product.ends + (between[product.id] ?? [])).map(\.minorUnits).sorted()
        }
        return FacetTable(
            rows: rows, severalPrices: prices, categories: try named(categories, in: "categories", connection),
            vendors: try named(vendors, in: "vendors", connection))
    }

    private static func named<ID: SQLConvertible & Hashable & Sendable>(
        _ places: Places<ID>, in table: StaticString, _ connection: Connection
    ) throws -> [Facets.Named<ID>] {
        var names: [ID: Facets.Named<ID>] = [:]
        for ids in places.ids.chunked(by: idsPerStatement) {
            let found = try connection.all("SELECT id, name, slug FROM \(Query(table)) WHERE id IN (\(list: ids))") {
                Facets.Named<ID>(id: try $0(), name: try $0(), slug: try $0())
            }
            for named in found { names[named.id] = named }
        }
        // One that went while this was read is shown without a name until the revision moves.
        return places.ids.map { names[$0] ?? Facets.Named(id: $0, name: "", slug: "") }
    }

    private static let idsPerStatement = 1_000
}

/// Numbers for ids, in the order in which they come.
private struct Places<ID: Hashable> {
    private(set) var ids: [ID] = []
    private var places: [ID: Int32] = [:]

    /// Returns the number of `id`; -1 for nil.
    mutating func place(of id: ID?) -> Int32 {
        guard let id else { return -1 }
        if let known = places[id] { return known }
        let place = Int32(ids.count)
        ids.append(id)
        places[id] = place
        return place
    }
}
