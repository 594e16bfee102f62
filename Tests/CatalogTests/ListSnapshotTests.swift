import AppHarness
import Commerce
import Primitives
import TestSupport
import Testing

@testable import Storefront

/// Parts of a kept list by a range of prices, against a list that is gone through.
@Suite struct ListSnapshotTests {
    @Test func `any range finds the products that have a price in it, in their order`() {
        let random = RandomSource.seeded(1_411)
        for _ in 0..<400 {
            let products = (1...(1 + random.number(below: 30))).map { Product(number: $0, random) }
            let several = products.filter { $0.prices.count > 2 }
            let list = ListSnapshot(
                products.map { .init(id: $0.id, lowest: $0.prices[0], highest: $0.prices[$0.prices.count - 1]) },
                between: Dictionary(
                    uniqueKeysWithValues: several.map { ($0.id, Array($0.prices.dropFirst().dropLast())) }))
            for _ in 0..<20 {
                let (least, most) = (Self.bound(random), Self.bound(random))
                let wanted = products.filter { $0.costs(least, most) }.map(\.id)
                let (offset, size) = (random.number(below: 12), 1 + random.number(below: 8))
                let part = list.part(from: least, to: most, offset: offset, size: size)
                #expect(part.count == wanted.count)
                #expect(part.ids == Array(wanted.dropFirst(offset).prefix(size)))
            }
        }
    }

    private static func bound(_ random: RandomSource) -> Money? {
        random.number(below: 4) == 0 ? nil : Money(minorUnits: Int64(random.number(below: 22)))
    }

    private struct Product {
        let id: ProductID
        /// Rising, each once.
        let prices: [Money]

        init(number: Int, _ random: RandomSource) {
            id = ProductID(Int64(number))
            let drawn = (0...random.number(below: 5)).map { _ in Money(minorUnits: Int64(1 + random.number(below: 20)))
            }
            prices = Set(drawn).sorted()
        }

        func costs(_ least: Money?, _ most: Money?) -> Bool {
            prices.contains { $0 >= least ?? .zero && $0 <= most ?? .maximum }
        }
    }
}
