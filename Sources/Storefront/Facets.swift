import Catalog
import Commerce

/// The numbers of products that each further filter would leave of a list. A facet is counted with all filters but its
/// own, so that a shopper sees what another choice would give.
struct Facets: Codable, Sendable {
    /// A category or a vendor.
    struct Named<ID: Sendable>: Sendable {
        let id: ID
        let name: String
        let slug: String
    }

    /// The number of products of a vendor, or directly in a category.
    struct NamedCount<ID: Codable & Sendable>: Codable, Sendable {
        let id: ID
        let name: String
        let slug: String
        let count: Int

        init(_ named: Named<ID>, count: Int) {
            (id, name, slug) = (named.id, named.name, named.slug)
            self.count = count
        }
    }

    /// Prices from `from` on, below `to`.
    struct PriceRange: Codable, Sendable {
        let from: Price
        /// Null for the last range, which has no end.
        let to: Price?
        let count: Int
    }

    struct Prices: Codable, Sendable {
        /// Null where the list is empty.
        let min: Price?
        let max: Price?
        let ranges: [PriceRange]
    }

    struct RatingCount: Codable, Sendable {
        /// Stars, as `min_rating` takes them.
        let minRating: Int
        let count: Int
    }

    struct StockCount: Codable, Sendable {
        let inStock: Bool
        let count: Int
    }

    /// Whether no product meets the list's filters, whatever its price.
    var areOfNothing: Bool { price.min == nil }

    /// The facets of a list that cannot hold anything.
    static let none = Facets(
        category: [], price: Prices(min: nil, max: nil, ranges: []),
        rating: [4, 3, 2, 1].map { RatingCount(minRating: $0, count: 0) }, vendor: [],
        stock: [true, false].map { StockCount(inStock: $0, count: 0) })

    let category: [NamedCount<CategoryID>]
    let price: Prices
    let rating: [RatingCount]
    let vendor: [NamedCount<VendorID>]
    let stock: [StockCount]

    enum CodingKeys: String, CodingKey {
        case category, price, rating, vendor
        case stock = "in_stock"
    }
}

/// The ranges of a price facet: they begin at round amounts, and there are at most six.
enum PriceSteps {
    /// Counts products of one price each, and products of `several` prices in ascending order, all in minor units. The
    /// latter count once in each range that one of their prices lies in.
    static func facet(of prices: [Int64], _ several: [[Int64]] = [], _ currency: Currency) -> Facets.Prices {
        let ends = (lowest: prices + several.compactMap(\.first), highest: prices + several.compactMap(\.last))
        guard let lowest = ends.lowest.min(), let highest = ends.highest.max() else {
            return Facets.Prices(min: nil, max: nil, ranges: [])
        }
        let starts = starts(from: Money(minorUnits: lowest), to: Money(minorUnits: highest))
        let step = starts.count > 1 ? starts[1].minorUnits - starts[0].minorUnits : .max
        var counts = Array(repeating: 0, count: starts.count)
        let range = { (price: Int64) in Int((price - starts[0].minorUnits) / step) }
        for price in prices { counts[range(price)] += 1 }
        for place in several.flatMap({ Set($0.map(range)) }) { counts[place] += 1 }
        let tops = starts.dropFirst().map(Optional.some) + [nil]
        let ranges = starts.indices.map { index in
            Facets.PriceRange(
                from: currency.price(starts[index]), to: tops[index].map(currency.price), count: counts[index])
        }
        return Facets.Prices(
            min: currency.price(Money(minorUnits: lowest)), max: currency.price(Money(minorUnits: highest)),
            ranges: ranges)
    }

    /// Returns the lower ends of the ranges over `lowest` to `highest`, the first of them at or below `lowest`.
    static func starts(from lowest: Money, to highest: Money) -> [Money] {
        let step = step(over: highest.minorUnits - lowest.minorUnits)
        let first = lowest.minorUnits / step * step
        return stride(from: first, through: highest.minorUnits, by: Int(step)).map { Money(minorUnits: $0) }
    }

    /// Returns 1, 2 or 5 times a power of ten, so that at most six steps cover `span` wherever it starts.
    private static func step(over span: Int64) -> Int64 {
        var power: Int64 = 1
        while true {
            for factor: Int64 in [1, 2, 5] where factor * power * 5 > span { return factor * power }
            power *= 10
        }
    }
}
