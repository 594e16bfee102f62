import Catalog
import Commerce

/// The products that a search finds, each with the values that filters compare: facets are counted over it in one pass,
/// without the database.
struct FacetTable: Sendable {
    /// A product, in 24 bytes.
    struct Row: Sendable {
        /// The price in minor units; the lowest where there are several.
        let price: Int64
        /// Its place among the table's categories; -1 for none.
        let category: Int32
        /// Its place among the table's vendors; -1 for none.
        let vendor: Int32
        /// Hundredths of a star, rounded down; 0 without ratings.
        let rating: Int16
        let isInStock: Bool
        /// Its place among the table's `severalPrices`; -1 for a product of one price.
        let several: Int32

        init(
            price: Int64, category: Int32, vendor: Int32, rating: Int16, isInStock: Bool, several: Int32 = -1
        ) {
            self.price = price
            self.category = category
            self.vendor = vendor
            self.rating = rating
            self.isInStock = isInStock
            self.several = several
        }
    }

    let rows: [Row]
    /// The prices of products that have several, in minor units, ascending.
    var severalPrices: [[Int64]] = []
    let categories: [Facets.Named<CategoryID>]
    let vendors: [Facets.Named<VendorID>]

    /// Counts the facets of the products that meet `filter`, its search apart; of categories only `scope` counts, nil
    /// for any.
    func facets(_ filter: ProductFilter, in scope: Set<CategoryID>?, _ currency: Currency) -> Facets {
        var tally = FacetTally(categories: categories.count, vendors: vendors.count)
        let wanted = Wanted(filter, in: scope, of: self)
        for row in rows { tally.add(row, missing: wanted.missed(by: row)) }
        let several = tally.several.map { severalPrices[Int($0)] }
        return Facets(
            category: Self.counts(categories, tally.categories),
            price: PriceSteps.facet(of: tally.prices, several, currency),
            rating: tally.ratings.enumerated().reversed().map { .init(minRating: $0 + 1, count: $1) },
            vendor: Self.counts(vendors, tally.vendors),
            stock: [.init(inStock: true, count: tally.inStock), .init(inStock: false, count: tally.outOfStock)])
    }

    private static func counts<ID: Codable & Comparable>(_ names: [Facets.Named<ID>], _ counts: [Int]) -> [Facets
        .NamedCount<ID>]
    {
        zip(names, counts).filter { $1 > 0 }.map { Facets.NamedCount($0, count: $1) }
            .sorted { ($1.count, $0.id) < ($0.count, $1.id) }
    }
}

/// The filters that have a facet.
private struct FacetFilters: OptionSet {
    let rawValue: UInt8

    static let category = FacetFilters(rawValue: 1)
    static let vendor = FacetFilters(rawValue: 2)
    static let price = FacetFilters(rawValue: 4)
    static let stock = FacetFilters(rawValue: 8)
    static let rating = FacetFilters(rawValue: 16)
}

/// A filter in the form in which a table's rows are compared with it.
private struct Wanted {
    private let prices: ClosedRange<Int64>
    /// By a category's place, whether it is asked for; nil for all.
    private let categories: [Bool]?
    /// A vendor's place, or one that no product has; nil for all.
    private let vendor: Int32?
    private let inStock: Bool?
    private let rating: Int16
    private let severalPrices: [[Int64]]

    init(_ filter: ProductFilter, in scope: Set<CategoryID>?, of table: FacetTable) {
        let lowest = filter.minPrice?.minorUnits ?? 0
        // A range that nothing is in is one price that nothing has.
        let highest = filter.maxPrice?.minorUnits ?? .max
        prices = lowest <= highest ? lowest...highest : -1 ... -1
        categories = scope.map { scope in table.categories.map { scope.contains($0.id) } }
        vendor = filter.vendor.map { wanted in
            table.vendors.firstIndex { wanted.names($0.id.rawValue, $0.slug) }.map(Int32.init) ?? -2
        }
        inStock = filter.inStock
        rating = Int16(filter.minRating ?? 0)
        severalPrices = table.severalPrices
    }

    /// Returns the filters that `row` does not meet.
    func missed(by row: FacetTable.Row) -> FacetFilters {
        var missed: FacetFilters = []
        if let categories, row.category < 0 || !categories[Int(row.category)] { missed.insert(.category) }
        if let vendor, row.vendor != vendor { missed.insert(.vendor) }
        if !prices.contains(row.price), !isBetween(row.several) { missed.insert(.price) }
        if let inStock, row.isInStock != inStock { missed.insert(.stock) }
        if row.rating < rating { missed.insert(.rating) }
        return missed
    }
}

extension Wanted {
    /// Returns whether one of several prices lies in the range.
    private func isBetween(_ several: Int32) -> Bool {
        several >= 0 && severalPrices[Int(several)].contains { prices.contains($0) }
    }
}

/// The counts of one pass over a table. A product counts in a facet when it misses no filter but the facet's own.
private struct FacetTally {
    var categories: [Int]
    var vendors: [Int]
    var prices: [Int64] = []
    /// The places of products of several prices.
    var several: [Int32] = []
    /// Products with at least one star, two, three, four.
    var ratings = [0, 0, 0, 0]
    var inStock = 0
    var outOfStock = 0

    init(categories: Int, vendors: Int) {
        self.categories = Array(repeating: 0, count: categories)
        self.vendors = Array(repeating: 0, count: vendors)
    }

    mutating func add(_ row: FacetTable.Row, missing: FacetFilters) {
        if row.category >= 0, missing.isSubset(of: .category) { categories[Int(row.category)] += 1 }
        if row.vendor >= 0, missing.isSubset(of: .vendor) { vendors[Int(row.vendor)] += 1 }
        if missing.isSubset(of: .price) {
            if row.several >= 0 { several.append(row.several) } else { prices.append(row.price) }
        }
        if missing.isSubset(of: .stock) {
            if row.isInStock { inStock += 1 } else { outOfStock += 1 }
        }
        if missing.isSubset(of: .rating) {
            for star in ratings.indices where row.rating >= (star + 1) * 100 { ratings[star] += 1 }
        }
    }
}
