import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing
import Web

@testable import Wishlists

/// What `If-Match` holds changes of items against.
@Suite struct WishlistVersionTests {
    private static let drops = #"{"notify_on_price_drop": true}"#

    @Test(arguments: Backend.available)
    func `an item is changed, moved and taken off as it was read`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1).id
            let item = try await shop.wish(lamp, "", as: ada)
            let path = "/api/wishlist/items/\(item)/"
            #expect(try await shop.call(.get, "/api/wishlist/", as: ada).items.first?.int("version") == 1)
            let first = try await shop.call(.patch, path, Self.drops, as: ada, ifMatch: "\"1\"")
            #expect(first.status == 200 && first.json.int("version") == 2, "\(first.json)")
            let same = try await shop.call(.patch, path, Self.drops, as: ada, ifMatch: "2")
            #expect(same.status == 200 && same.json.int("version") == 2, "nothing has changed: \(same.json)")
            for (method, target, body) in [
                (HTTPRequest.Method.patch, path, Self.drops), (.delete, path, ""),
                (.post, path + "move-to-cart/", "{}"),
            ] {
                let stale = try await shop.call(method, target, body, as: ada, ifMatch: "\"1\"")
                #expect(stale.status == 412 && stale.text("code") == "version_mismatch", "\(method): \(stale.json)")
            }
            #expect(try await shop.call(.get, "/api/cart/", as: ada).items.isEmpty)
            let again = #"{"product_id": \#(lamp), "notify_on_price_drop": false}"#
            let added = try await shop.call(.post, "/api/wishlist/add/", again, as: ada)
            #expect(added.items.first?.int("version") == 3, "\(added.json)")
            #expect(
                try await shop.call(.post, path + "move-to-cart/", "{}", as: ada, ifMatch: "\"3\"").status == 200)
            let other = try await shop.wish(lamp, "", as: ada)
            let target = "/api/wishlist/items/\(other)/"
            #expect(try await shop.call(.delete, target, as: ada, ifMatch: "\"1\"").status == 204)
        }
    }

    @Test(arguments: Backend.available)
    func `what alerts remember of an item is no change of it`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1).id
            let item = try await shop.wish(lamp, as: ada)
            try await shop.price(lamp, 800)
            try await shop.adjust(lamp, by: -10)
            try await shop.adjust(lamp, by: 3)
            #expect(try await shop.told().count == 2)
            let changed = try await shop.call(
                .patch, "/api/wishlist/items/\(item)/", #"{"notify_on_price_drop": false}"#, as: ada, ifMatch: "\"1\"")
            #expect(changed.status == 200 && changed.json.int("version") == 2, "\(changed.json)")
        }
    }
}
