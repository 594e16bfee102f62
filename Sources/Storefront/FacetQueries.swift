import Catalog
import Commerce
import SQL

/// The statements of facets: six, whatever the list.
struct FacetQueries {
    let list: ProductList
    /// The visible subtree of the category that the list asks for; nil where it asks for none.
    let categories: [CategoryID]?
    let currency: Currency
    let connection: Connection

    /// - Throws: `SQLError`.
    func read() throws -> Facets {
        Facets(
            category: try categoryCounts(), price: try prices(), rating: try ratings(), vendor: try vendors(),
            stock: try stock())
    }

    /// The query's parts with one filter taken away.
    private func parts(
        without change: (inout ProductFilter) -> Void, inAnyCategory: Bool = false
    ) -> ProductListQueries.Parts {
        var list = list
        change(&list.filter)
        list.ordering = nil
        return ProductListQueries.Parts(list, inAnyCategory ? nil : categories, connection.dialect)
    }

    private func categoryCounts() throws -> [Facets.CategoryCount] {
        let parts = parts(without: { $0.category = nil }, inAnyCategory: true)
        return try connection.rows(
            """
            SELECT c.id, c.name, c.slug, n.products FROM
            (SELECT p.category_id AS category_id, COUNT(*) AS products FROM \(parts.source)
            WHERE \(parts.condition) GROUP BY p.category_id) n
            JOIN categories c ON c.id = n.category_id ORDER BY n.products DESC, c.id
            """
        ).map { .init(id: try $0[0], name: try $0[1], slug: try $0[2], count: try $0[3]) }
    }

    private func vendors() throws -> [Facets.VendorCount] {
        let parts = parts(without: { $0.vendor = nil })
        return try connection.rows(
            """
            SELECT v.id, v.name, v.slug, n.products FROM
            (SELECT p.vendor_id AS vendor_id, COUNT(*) AS products FROM \(parts.source)
            WHERE \(parts.condition) GROUP BY p.vendor_id) n
            JOIN vendors v ON v.id = n.vendor_id ORDER BY n.products DESC, v.id
            """
        ).map { .init(id: try $0[0], name: try $0[1], slug: try $0[2], count: try $0[3]) }
    }

    private func prices() throws -> Facets.Prices {
        let parts = parts(without: {
            $0.minPrice = nil
            $0.maxPrice = nil
        })
        let ends = try connection.rows(
            "SELECT MIN(p.price), MAX(p.price) FROM \(parts.source) WHERE \(parts.condition)"
        ).first
        guard let ends, let lowest: Money = try ends[0], let highest: Money = try ends[1] else {
            return Facets.Prices(min: nil, max: nil, ranges: [])
        }
        let starts = PriceSteps.starts(from: lowest, to: highest)
        let counts = starts.indices.map { index -> Query in
            let end = index + 1 < starts.count ? "AND p.price < \(starts[index + 1])" as Query : .empty
            return count("p.price >= \(starts[index]) \(end)")
        }
        let row = try connection.rows(
            "SELECT \(counts.joined(by: ", ")) FROM \(parts.source) WHERE \(parts.condition)"
        ).first
        let ranges = try starts.indices.map { index in
            Facets.PriceRange(
                from: currency.price(starts[index]),
                to: index + 1 < starts.count ? currency.price(starts[index + 1]) : nil,
                count: try row?[index] ?? 0)
        }
        return Facets.Prices(min: currency.price(lowest), max: currency.price(highest), ranges: ranges)
    }

    private func ratings() throws -> [Facets.RatingCount] {
        // Asking for no less than nothing joins the ratings.
        let parts = parts(without: { $0.minRating = 0 })
        let stars = [4, 3, 2, 1]
        let counts = stars.map { count("rated.rating_count > 0 AND rated.rating_sum >= \($0) * rated.rating_count") }
        let row = try connection.rows(
            "SELECT \(counts.joined(by: ", ")) FROM \(parts.source) WHERE \(parts.condition)"
        ).first
        return try stars.enumerated().map { .init(minRating: $1, count: try row?[$0] ?? 0) }
    }

    private func stock() throws -> [Facets.StockCount] {
        let parts = parts(without: { $0.inStock = nil })
        let row = try connection.rows(
            """
            SELECT \(count(StockSQL.isInStock)), COUNT(*) FROM \(parts.source) WHERE \(parts.condition)
            """
        ).first
        let (inStock, all): (Int, Int) = (try row?[0] ?? 0, try row?[1] ?? 0)
        return [.init(inStock: true, count: inStock), .init(inStock: false, count: all - inStock)]
    }

    private func count(_ condition: Query) -> Query {
        "CAST(COALESCE(SUM(CASE WHEN \(condition) THEN 1 ELSE 0 END), 0) AS SIGNED)"
    }
}
