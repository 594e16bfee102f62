import Catalog
import Commerce
import Primitives
import Testing

@testable import Storefront

@Suite struct CatalogItemCacheTests {
    private static func item(_ id: Int64) throws -> (id: ProductID, item: ListedItem) {
        let item = ProductItem(
            id: ProductID(id), name: "Thing \(id)", slug: "thing-\(id)", sku: "T\(id)", shortDescription: "",
            price: Price(.zero, .usd), priceMax: Price(.zero, .usd), compareAtPrice: nil, category: nil, vendor: nil,
            image: nil, stockQuantity: 1,
            rating: Rating(sum: 0, count: 0), isFeatured: false)
        return (item.id, try ListedItem(item))
    }

    private static func kept(_ cache: ItemCache, _ ids: [Int64], _ base: String, at revision: Int) -> [Bool] {
        cache.items(ids.map { ProductID($0) }, base, at: revision).map { $0 != nil }
    }

    @Test func `an item is there for its own base address and revision alone`() throws {
        let cache = ItemCache()
        cache.keep([try Self.item(1), try Self.item(3)], "http://a", at: 5)
        #expect(Self.kept(cache, [1, 2, 3], "http://a", at: 5) == [true, false, true])
        #expect(Self.kept(cache, [1], "http://b", at: 5) == [false])
        #expect(Self.kept(cache, [1], "http://a", at: 4) == [false])
        #expect(Self.kept(cache, [1], "http://a", at: 6) == [false])
    }

    @Test func `a later revision empties the store and an earlier one adds nothing`() throws {
        let cache = ItemCache()
        cache.keep([try Self.item(1)], "http://a", at: 5)
        cache.keep([try Self.item(2)], "http://a", at: 6)
        #expect(Self.kept(cache, [1, 2], "http://a", at: 6) == [false, true])
        cache.keep([try Self.item(1)], "http://a", at: 5)
        #expect(Self.kept(cache, [1, 2], "http://a", at: 6) == [false, true])
    }

    @Test func `the store stays within its limit, whatever base addresses are asked for`() throws {
        let cache = ItemCache(limit: 20_000)
        for number: Int64 in 1...500 {
            cache.keep([try Self.item(number)], "http://host-\(number % 7)", at: 1)
            #expect(cache.weight <= 20_000)
            #expect(Self.kept(cache, [number], "http://host-\(number % 7)", at: 1) == [true])
        }
    }
}
