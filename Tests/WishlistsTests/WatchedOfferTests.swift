import Commerce
import Primitives
import Testing

@testable import Wishlists

/// The rules of alerts, without a database.
@Suite struct WatchedOfferTests {
    private static func offer(_ price: Int64, _ available: Int = 1, isForSale: Bool = true) -> Offer {
        Offer(
            id: SellableID(ProductID(1)), name: "", slug: "", sku: "", options: [], price: Money(minorUnits: price),
            compareAtPrice: nil, taxClass: "standard", weight: 0, vendor: nil, category: nil, image: nil,
            isForSale: isForSale, available: available)
    }

    /// Prices one after the other, what a wisher paid attention to at `snapshot` is told, as former and new price.
    @Test(
        "a fall is told where the price is below what it was before and when it was put on the list",
        arguments: [
            ([1_000, 800], 1_000, [[1_000, 800]]), ([1_000, 1_000], 1_000, []), ([1_000, 1_200], 1_000, []),
            ([1_000, 800, 700], 1_000, [[1_000, 800], [800, 700]]),
            ([1_000, 800, 1_000, 800], 1_000, [[1_000, 800], [1_000, 800]]),
            ([1_000, 1_200, 1_100], 1_000, []), ([1_000, 1_200, 900], 1_000, [[1_000, 900]]),
            ([1_000, 800, 900, 850], 1_000, [[1_000, 800], [900, 850]]), ([800, 1_000, 800], 800, []),
        ] as [([Int64], Int64, [[Int64]])])
    func falls(_ prices: [Int64], _ snapshot: Int64, _ told: [[Int64]]) throws {
        var (watched, found, seen) = (WatchedOffer(Self.offer(try #require(prices.first))), [[Int64]](), 0)
        for price in prices.dropFirst() {
            watched = watched.seeing(Self.offer(price))
            guard watched.isReduced, seen < watched.drops, watched.price.minorUnits < snapshot else { continue }
            seen = watched.drops
            found.append([watched.formerPrice(for: Money(minorUnits: snapshot)).minorUnits, watched.price.minorUnits])
        }
        #expect(found == told)
    }

    @Test func `a rise to the former price takes back what was not told yet`() {
        let fallen = WatchedOffer(Self.offer(1_000)).seeing(Self.offer(800))
        #expect(fallen.isReduced && fallen.seeing(Self.offer(900)).isReduced)
        #expect(!fallen.seeing(Self.offer(1_000)).isReduced)
    }

    @Test func `what could not be bought and can be bought again is news, each time once`() {
        var watched = WatchedOffer(Self.offer(1_000, 0))
        var counts: [Int] = []
        for (available, isForSale) in [(5, true), (3, true), (0, true), (2, true), (2, false), (2, true), (0, false)] {
            watched = watched.seeing(Self.offer(1_000, available, isForSale: isForSale))
            counts.append(watched.restocks)
        }
        #expect(counts == [1, 1, 1, 2, 2, 3, 3])
        #expect(!watched.isAvailable && !watched.seeing(nil).isAvailable)
    }

    @Test func `the price of what is not for sale is not looked at until it is again`() {
        let hidden = WatchedOffer(Self.offer(1_000)).seeing(Self.offer(600, isForSale: false))
        #expect(hidden.drops == 0 && hidden.price.minorUnits == 1_000)
        let shown = hidden.seeing(Self.offer(600))
        #expect(shown.drops == 1 && shown.restocks == 1 && shown.dropFrom.minorUnits == 1_000)
    }
}
