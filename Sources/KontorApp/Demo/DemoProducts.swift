import Commerce
import Media
import Primitives

/// A product of the demo shop before it is written: the same list for the same seed.
struct DemoProduct: Sendable {
    struct Variant: Sendable {
        let sku: String
        let options: [VariantOption]
        /// Its own price; nil where it costs what the product costs.
        let price: Money?
        let stock: Int
    }

    let category: String
    let name: String
    let sku: String
    let shortDescription: String
    let description: String
    let price: Money
    let compareAtPrice: Money?
    /// Grams.
    let weight: Int
    let isFeatured: Bool
    /// Units on hand where it has no variants.
    let stock: Int
    let variants: [Variant]
    let motif: Motif
    let seed: UInt64
    /// Degrees.
    let hue: Double
}

/// Makes the products of the demo shop, range by range.
struct DemoProducts {
    private var random: RandomSource
    private var serial = 0
    private let currency: Currency
    private var names: Set<String> = []

    init(seed: UInt64, currency: Currency) {
        self.random = .seeded(seed)
        self.currency = currency
    }

    /// Makes `count` products, spread evenly over all ranges. Those without variants come first, so that product 1 can
    /// be put into a cart by its id alone.
    mutating func make(_ count: Int) throws(OutOfRange) -> [DemoProduct] {
        let all = DemoTree.roots.flatMap(\.ranges)
        let ranges = all.filter { !$0.hasVariants } + all.filter(\.hasVariants)
        return try (0..<count).map { number throws(OutOfRange) in
            try product(of: ranges[number % ranges.count], round: number / ranges.count)
        }
    }

    /// By this SKU a demo shop is known again.
    static var firstSKU: String { sku(1) }

    private static func sku(_ serial: Int) -> String { "DEMO-" + String(10_000 + serial) }

    private mutating func product(of range: DemoRange, round: Int) throws(OutOfRange) -> DemoProduct {
        serial += 1
        let noun = range.nouns[round % range.nouns.count]
        let material = range.materials[(round / range.nouns.count + round) % range.materials.count]
        let name = unusedName("\(material) \(noun)")
        let price = self.price(in: range)
        let sku = Self.sku(serial)
        let variants = try self.variants(of: range, price, sku: sku)
        return DemoProduct(
            category: range.category, name: name, sku: sku,
            shortDescription: "\(noun) from our \(range.category.lowercased()) range.",
            description: """
                \(name): made in small runs, checked by hand, and sent the day after you order. \
                If it is not what you hoped for, send it back within thirty days.
                """,
            price: price,
            compareAtPrice: random.number(below: 5) == 0
                ? try price.portion(Int64(115 + random.number(below: 30)), of: 100) : nil,
            weight: number(in: range.weights), isFeatured: random.number(below: 10) == 0,
            stock: variants.isEmpty ? stock() : 0, variants: variants, motif: range.motif,
            seed: UInt64(serial), hue: Double(random.number(below: 360)))
    }

    private mutating func unusedName(_ name: String) -> String {
        var candidate = name
        var edition = 2
        while !names.insert(candidate).inserted {
            candidate = "\(name) No. \(edition)"
            edition += 1
        }
        return candidate
    }

    /// Draws a price that ends in .00, .50 or .90 where the currency has cents.
    private func price(in range: DemoRange) -> Money {
        amount(number(in: range.prices) / 100 * 100 + [0, 50, 90][random.number(below: 3)])
    }

    private func amount(_ cents: Int) -> Money { Money(minorUnits: Int64(currency.decimals == 3 ? cents * 10 : cents)) }

    private func variants(
        of range: DemoRange, _ price: Money, sku: String
    ) throws(OutOfRange) -> [DemoProduct.Variant] {
        let colors = range.colors.isEmpty ? [nil] : range.colors.map(Optional.some)
        let sizes = range.sizes.isEmpty ? [nil] : range.sizes.map(Optional.some)
        guard range.hasVariants else { return [] }
        var variants: [DemoProduct.Variant] = []
        for color in colors {
            for (step, size) in sizes.enumerated() {
                let options =
                    [
                        size.map { VariantOption(type: "size", value: $0) },
                        color.map { VariantOption(type: "colour", value: $0) },
                    ]
                    .compactMap(\.self)
                let own = step * range.sizeStep == 0 ? nil : try price + amount(step * range.sizeStep)
                variants.append(
                    DemoProduct.Variant(
                        sku: "\(sku)-\(variants.count + 1)", options: options, price: own, stock: stock()))
            }
        }
        return variants
    }

    /// Draws units on hand: mostly plenty, now and then few or none.
    private func stock() -> Int {
        switch random.number(below: 20) {
        case 0: 0
        case 1, 2: 1 + random.number(below: 4)
        default: 15 + random.number(below: 185)
        }
    }

    private func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + random.number(below: range.count)
    }
}
