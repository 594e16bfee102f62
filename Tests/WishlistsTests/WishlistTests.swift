import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Wishlists

/// What a user does with their wishlist.
@Suite struct WishlistTests {
    @Test(arguments: Backend.available)
    func `a list that nothing was put on is empty and is not made by looking`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let empty = try await shop.call(.get, "/api/wishlist/", as: ada)
            let nothing: JSONValue = .object([
                "id": .null, "items": .array([]), "item_count": .number("0"), "created_at": .null, "updated_at": .null,
            ])
            #expect(empty.status == 200 && empty.json == nothing)
            #expect(try await shop.call(.delete, "/api/wishlist/clear/", as: ada).status == 204)
            #expect(try await shop.value("SELECT COUNT(*) FROM wishlists") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `what is added is shown with the price of then and of now`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1, price: 1_999, stock: 3).id
            let added = try await shop.call(.post, "/api/wishlist/add/", #"{"product_id": \#(lamp)}"#, as: ada)
            #expect(added.status == 201 && added.json.int("item_count") == 1)
            let item = try #require(added.items.first)
            #expect(item["product"]?.text("name") == "Product 1" && item["variant"] == .null)
            #expect(item.text("price_snapshot") == "19.99" && item.text("current_price") == "19.99")
            #expect(item["price_changed"] == .bool(false) && item["in_stock"] == .bool(true))
            #expect(item["notify_on_price_drop"] == .bool(false) && item["notify_on_back_in_stock"] == .bool(false))
            #expect(item.text("added_at") == WishlistHarness.start.description)
            try await shop.price(lamp, 2_500)
            try await shop.adjust(lamp, by: -3)
            let later = try await shop.call(.get, "/api/wishlist/", as: ada).items.first
            #expect(later?.text("price_snapshot") == "19.99" && later?.text("current_price") == "25.00")
            #expect(later?["price_changed"] == .bool(true) && later?["in_stock"] == .bool(false))
        }
    }

    @Test(arguments: Backend.available)
    func `a list says when it was made and last changed`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1).id
            let item = try await shop.wish(lamp, as: ada)
            shop.clock.advance(by: .minutes(5))
            try await shop.price(lamp, 500)
            let made = try await shop.call(.get, "/api/wishlist/", as: ada)
            #expect(made.text("created_at") == WishlistHarness.start.description)
            #expect(made["updated_at"] == made["created_at"], "a price is no change of the list: \(made.json)")
            #expect(try await shop.call(.delete, "/api/wishlist/items/\(item)/", as: ada).status == 204)
            let emptied = try await shop.call(.get, "/api/wishlist/", as: ada)
            #expect(emptied["created_at"] == made["created_at"])
            #expect(emptied.text("updated_at") == (WishlistHarness.start + .minutes(5)).description)
        }
    }

    @Test(arguments: Backend.available)
    func `the same thing twice is one item, and only the flags that are sent change`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1).id
            let first = try await shop.wish(lamp, #", "notify_on_price_drop": true"#, as: ada)
            try await shop.price(lamp, 500)
            let again = try await shop.call(
                .post, "/api/wishlist/add/", #"{"product_id": \#(lamp), "notify_on_back_in_stock": true}"#, as: ada)
            #expect(again.status == 201 && again.items.count == 1)
            let item = try #require(again.items.first)
            #expect(item["id"]?.integer == first && item.text("price_snapshot") == "10.00")
            #expect(item["notify_on_price_drop"] == .bool(true) && item["notify_on_back_in_stock"] == .bool(true))
            let changed = try await shop.call(
                .patch, "/api/wishlist/items/\(first)/", #"{"notify_on_price_drop": false}"#, as: ada)
            #expect(changed.status == 200 && changed.json["notify_on_price_drop"] == .bool(false))
            #expect(changed.json["notify_on_back_in_stock"] == .bool(true) && changed.json["id"]?.integer == first)
        }
    }

    @Test(arguments: Backend.available)
    func `variants are items of their own, and a product that has some is named by one`(_ backend: Backend) async throws
    {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let shirt = try await shop.product(1, variants: [(0, 5), (200, 0)])
            let whole = try await shop.call(.post, "/api/wishlist/add/", #"{"product_id": \#(shirt.id)}"#, as: ada)
            #expect(whole.status == 400 && whole.json["variant_id"] != nil)
            for variant in shirt.variants { try await shop.wish(shirt.id, #", "variant_id": \#(variant)"#, as: ada) }
            let items = try await shop.call(.get, "/api/wishlist/", as: ada).items
            #expect(items.map { $0["variant"]?["id"]?.integer } == shirt.variants)
            #expect(items.map { $0.text("current_price") } == ["10.00", "12.00"])
            #expect(items.map { $0["in_stock"] } == [.bool(true), .bool(false)])
            let last = "/api/wishlist/check/\(shirt.id)/?variant_id=\(shirt.variants[1])"
            #expect(try await shop.call(.get, last, as: ada).json["item_id"] == items[1]["id"])
        }
    }

    @Test(
        "what cannot be wished for is refused",
        arguments: [
            ("{}", "product_id"), (#"{"product_id": 999}"#, "product_id"), (#"{"product_id": "x"}"#, "product_id"),
            (#"{"product_id": 1, "variant_id": 999}"#, "variant_id"), (#"{"product_id": 2}"#, "product_id"),
            (#"{"product_id": 1, "notify_on_price_drop": "perhaps"}"#, "notify_on_price_drop"),
        ], Backend.available)
    func refusals(_ refusal: (body: String, field: String), _ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            try await shop.product(2)
            try await shop.change(2) { $0.isActive = false }
            let answer = try await shop.call(.post, "/api/wishlist/add/", refusal.body, as: ada)
            #expect(answer.status == 400 && answer.json[refusal.field] != nil, "\(answer.json)")
            #expect(try await shop.value("SELECT COUNT(*) FROM wishlists") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `what the shop no longer sells stays on the list at the price of then`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1).id
            let item = try await shop.wish(lamp, as: ada)
            try await shop.change(lamp) {
                $0.price = Money(minorUnits: 1)
                $0.isActive = false
            }
            let shown = try await shop.call(.get, "/api/wishlist/", as: ada).items.first
            #expect(shown?["product"]?["is_available"] == .bool(false) && shown?["in_stock"] == .bool(false))
            #expect(shown?.text("current_price") == "10.00" && shown?["price_changed"] == .bool(false))
            let move = "/api/wishlist/items/\(item)/move-to-cart/"
            #expect(try await shop.call(.post, move, "{}", as: ada).status == 400)
            #expect(try await shop.call(.get, "/api/wishlist/", as: ada).items.count == 1)
            #expect(try await shop.call(.patch, "/api/wishlist/items/\(item)/", "{}", as: ada).status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `a full list takes nothing more`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let first = try await shop.product(1).id
            try await shop.wish(first, as: ada)
            try await shop.fillList(of: 1, upTo: Wishlist.maxItems)
            let more = try await shop.product(9_999).id
            let refused = try await shop.call(.post, "/api/wishlist/add/", #"{"product_id": \#(more)}"#, as: ada)
            #expect(
                refused.status == 400
                    && refused.json["non_field_errors"]?[0]?.text == "A wishlist holds at most 500 items.")
            let again = try await shop.call(.post, "/api/wishlist/add/", #"{"product_id": \#(first)}"#, as: ada)
            #expect(again.status == 201 && again.json.int("item_count") == 500)
        }
    }

    @Test(arguments: Backend.available)
    func `items go one by one or all together, and another's are not there`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            let goods = try await [shop.product(1).id, shop.product(2).id, shop.product(3).id]
            let items = try await [
                shop.wish(goods[0], as: ada), shop.wish(goods[1], as: ada), shop.wish(goods[2], as: ada),
            ]
            let path = "/api/wishlist/items/\(items[0])/"
            for (method, target, body) in [
                (HTTPRequest.Method.delete, path, ""), (.patch, path, "{}"), (.post, path + "move-to-cart/", "{}"),
                (.delete, "/api/wishlist/items/abc/", ""), (.delete, "/api/wishlist/items/99999/", ""),
            ] {
                #expect(try await shop.call(method, target, body, as: bob).status == 404, "\(method) \(target)")
            }
            #expect(try await shop.call(.delete, path, as: ada).status == 204)
            #expect(try await shop.call(.delete, path, as: ada).status == 404)
            #expect(try await shop.call(.get, "/api/wishlist/", as: ada).json.int("item_count") == 2)
            #expect(try await shop.call(.delete, "/api/wishlist/clear/", as: ada).status == 204)
            #expect(try await shop.call(.get, "/api/wishlist/", as: ada).items.isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `a product is looked for by itself or by its variant`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            let lamp = try await shop.product(1).id
            let item = try await shop.wish(lamp, as: ada)
            let found = try await shop.call(.get, "/api/wishlist/check/\(lamp)/", as: ada)
            #expect(found.json == .object(["in_wishlist": .bool(true), "item_id": .number("\(item)")]))
            let none = JSONValue.object(["in_wishlist": .bool(false), "item_id": .null])
            for (target, user) in [
                ("check/\(lamp)/", bob), ("check/\(lamp)/?variant_id=3", ada), ("check/999/", ada),
            ] {
                let answer = try await shop.call(.get, "/api/wishlist/" + target, as: user)
                #expect(answer.status == 200 && answer.json == none, "\(target)")
            }
            #expect(try await shop.call(.get, "/api/wishlist/check/lamp/", as: ada).status == 404)
            #expect(try await shop.call(.get, "/api/wishlist/check/\(lamp)/?variant_id=x", as: ada).status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `what is moved is in the cart and off the list, or where it was`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1, stock: 3).id
            let item = try await shop.wish(lamp, as: ada)
            let move = "/api/wishlist/items/\(item)/move-to-cart/"
            for (body, field) in [(#"{"quantity": 4}"#, "quantity"), (#"{"quantity": 0}"#, "quantity")] {
                let refused = try await shop.call(.post, move, body, as: ada)
                #expect(refused.status == 400 && refused.json[field] != nil)
                #expect(try await shop.call(.get, "/api/wishlist/", as: ada).items.count == 1)
                #expect(try await shop.call(.get, "/api/cart/", as: ada).items.isEmpty)
            }
            let moved = try await shop.call(.post, move, #"{"quantity": 2}"#, as: ada)
            #expect(moved.status == 200 && moved.items.first?.int("quantity") == 2, "\(moved.json)")
            #expect(moved.text("subtotal") == "20.00")
            #expect(try await shop.call(.get, "/api/wishlist/", as: ada).items.isEmpty)
            #expect(try await shop.call(.post, move, "{}", as: ada).status == 404)
            let again = try await shop.wish(lamp, as: ada)
            let more = try await shop.call(.post, "/api/wishlist/items/\(again)/move-to-cart/", "{}", as: ada)
            #expect(more.items.first?.int("quantity") == 3)
            let last = try await shop.wish(lamp, as: ada)
            #expect(
                try await shop.call(.post, "/api/wishlist/items/\(last)/move-to-cart/", "{}", as: ada).status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `what is erased of a user is their list and nobody else's`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            for number in 1...5 {
                let id = try await shop.product(Int64(number)).id
                try await shop.wish(id, as: ada)
                try await shop.wish(id, as: bob)
            }
            let sizes = try await shop.database.write { tx in
                try (1...4).map { _ in try WishlistQueries.erase(UserID(1), limit: 2, tx) }
            }
            #expect(sizes == [2, 2, 1, 0])
            #expect(try await shop.value("SELECT COUNT(*) FROM wishlists") == 1)
            #expect(try await shop.call(.get, "/api/wishlist/", as: bob).items.count == 5)
        }
    }
}

extension WishlistHarness {
    /// Puts so many other things onto a user's list that it has `count` items.
    func fillList(of user: Int64, upTo count: Int) async throws {
        try await database.write { tx in
            let list = try tx.value("SELECT id FROM wishlists WHERE user_id = \(user)", as: Int64.self) ?? 0
            let known =
                try tx.value("SELECT COUNT(*) FROM wishlist_items WHERE wishlist_id = \(list)", as: Int.self) ?? 0
            for number in known..<count {
                let id = 100_000 + Int64(number)
                try tx.execute(
                    """
                    INSERT INTO products (id, category_id, name, name_key, slug, sku, short_description, description,
                    price, price_low, price_high, tax_class, is_active, is_featured, approval_status, is_listed,
                    created_at, updated_at) VALUES (\(id), 1, 'P', 'p', \("p-\(id)"), \("S-\(id)"), '', '', 1, 1, 1,
                    'standard', 1, 0, 'approved', 1, 0, 0)
                    """)
                try tx.execute(
                    """
                    INSERT INTO wishlist_items (wishlist_id, product_id, variant_key, price_snapshot,
                    notify_on_price_drop, notify_on_back_in_stock, drop_seen, restock_seen, added_at)
                    VALUES (\(list), \(id), 0, 1, 0, 0, 0, 0, 0)
                    """)
            }
        }
    }
}
