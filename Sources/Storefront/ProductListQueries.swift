import Catalog
import Commerce
import SQL
import Web

/// The statements behind product lists: their length, products and order.
enum ProductListQueries {
    /// Counts the products of the list, in `categories` where it names one.
    static func count(_ list: ProductList, in categories: [CategoryID]?, _ connection: Connection) throws -> Int {
        let parts = Parts(list, categories, connection.dialect)
        return try connection.value("SELECT COUNT(*) FROM \(parts.source) WHERE \(parts.condition)") ?? 0
    }

    /// Returns the whole list in its order; one more statement where variants have prices of their own.
    static func whole(
        _ list: ProductList, in categories: [CategoryID]?, _ connection: Connection
    ) throws -> ListSnapshot {
        let parts = Parts(list, categories, connection.dialect)
        let entries = try connection.all(
            """
            SELECT p.id, p.price_low, p.price_high FROM \(parts.source) WHERE \(parts.condition) ORDER BY \(parts.order)
            """
        ) { ListSnapshot.Entry(id: try $0(), lowest: try $0(), highest: try $0()) }
        let several = entries.filter { $0.lowest < $0.highest }.map(\.id)
        return ListSnapshot(entries, between: try ListPriceQueries.between(several, connection))
    }

    /// Returns a page of a list that is ordered by an index: its ids are found there first, so that what is skipped is
    /// not joined.
    static func page(
        _ list: ProductList, in categories: [CategoryID]?, _ page: PageRequest, _ connection: Connection
    ) throws -> [ProductRow] {
        let parts = Parts(list, categories, connection.dialect)
        return try connection.all(
            """
            SELECT \(ProductRow.columns) FROM
            (SELECT p.id FROM \(parts.source) WHERE \(parts.condition) ORDER BY \(parts.order) \(page.limit)) chosen
            JOIN products p ON p.id = chosen.id \(ProductRow.joins) ORDER BY \(parts.order)
            """)
    }

    /// Returns the products with these ids, in this order; one that is gone is left out.
    static func rows(_ ids: [ProductID], _ connection: Connection) throws -> [ProductRow] {
        guard !ids.isEmpty else { return [] }
        let found: [ProductRow] = try connection.all(
            "SELECT \(ProductRow.columns) FROM products p \(ProductRow.joins) WHERE p.id IN (\(list: ids))")
        let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        return ids.compactMap { byID[$0] }
    }

    /// The parts of a list's query.
    struct Parts {
        let source: Query
        let condition: Query
        let order: Query

        init(_ list: ProductList, _ categories: [CategoryID]?, _ dialect: Dialect) {
            let (filter, match) = (list.filter, list.filter.search.map { SearchQueries.match($0, dialect) })
            let key = list.ordering?.key
            var source = [match?.source ?? "products p"]
            if filter.minRating != nil || key == .rating {
                source.append("LEFT JOIN product_ratings rated ON rated.product_id = p.id")
            }
            if key == .popularity { source.append("LEFT JOIN product_sales sold ON sold.product_id = p.id") }
            if list.ordering == nil, let match { source.append(match.ranking) }
            self.source = source.joined(by: " ")
            self.condition =
                ([match?.condition ?? .empty] + filter.conditions(categories, byPrice: key == .price)).joined(
                    by: " AND ")
            self.order = list.ordering.map(Self.order) ?? match.map { "\($0.order), p.id DESC" } ?? Self.newest
        }

        private static let newest = order(Ordering(.createdAt, descending: true))

        private static func order(_ ordering: Ordering<ProductSortKey>) -> Query {
            let way = ordering.direction
            let average: Query = "COALESCE(rated.rating_sum * 1.0 / NULLIF(rated.rating_count, 0), 0)"
            return switch ordering.key {
            case .price: "p.price_low \(way), p.id \(way)"
            case .name: "p.name_key \(way), p.id \(way)"
            case .createdAt: "p.created_at \(way), p.id \(way)"
            case .rating: "\(average) \(way), COALESCE(rated.rating_count, 0) \(way), p.id \(way)"
            case .popularity: "COALESCE(sold.units_90d, 0) \(way), p.id \(way)"
            }
        }
    }
}

extension ProductFilter {
    /// Returns the conditions on a row of `products p` beside a search; for prices, that one at which it can be bought
    /// lies in the range.
    ///
    /// Prices stand behind a `+`, which keeps an index on them out of lists in another order: that order's own index
    /// has the prices in it.
    fileprivate func conditions(_ categories: [CategoryID]?, byPrice: Bool) -> [Query] {
        var conditions: [Query] = ["p.is_listed = 1"]
        if let categories { conditions.append("p.category_id IN (\(list: categories))") }
        switch vendor {
        case .id(let id): conditions.append("p.vendor_id = \(id)")
        case .slug(let slug): conditions.append("p.vendor_id = (SELECT id FROM vendors WHERE slug = \(slug))")
        case nil: break
        }
        conditions += priceConditions(byPrice: byPrice)
        if let featured { conditions.append("p.is_featured = \(featured)") }
        if let inStock { conditions.append(inStock ? StockSQL.isInStock : "NOT \(StockSQL.isInStock)") }
        if let minRating {
            conditions.append("COALESCE(rated.rating_sum, 0) * 100 >= \(minRating) * COALESCE(rated.rating_count, 0)")
            if minRating > 0 { conditions.append("rated.rating_count > 0") }
        }
        return conditions
    }

    /// Returns the conditions on prices. The lowest and the highest decide, except for a product that is both cheaper
    /// and dearer than the range: its other prices are looked up by its key. They are read as a value, since MariaDB
    /// 11.8 turns an EXISTS into a table of all products' prices.
    private func priceConditions(byPrice: Bool) -> [Query] {
        let lowest: Query = byPrice ? "p.price_low" : "+p.price_low"
        var conditions: [Query] = []
        if let minPrice { conditions.append("p.price_high >= \(minPrice)") }
        if let maxPrice { conditions.append("\(lowest) <= \(maxPrice)") }
        if let minPrice, let maxPrice {
            conditions.append(
                """
                (p.price_low >= \(minPrice) OR p.price_high <= \(maxPrice) OR (SELECT b.price FROM prices_between b
                WHERE b.product_id = p.id AND b.price >= \(minPrice) AND b.price <= \(maxPrice) LIMIT 1) IS NOT NULL)
                """)
        }
        return conditions
    }
}
