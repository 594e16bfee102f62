import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Jobs
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Wishlists

/// Who is told of what, by the jobs that changes of catalog and stock enqueue.
@Suite struct WishlistAlertTests {
    @Test(arguments: Backend.available)
    func `a lower price is told once, with both prices`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            let lamp = try await shop.product(1).id
            try await shop.wish(lamp, as: ada)
            try await shop.wish(lamp, #", "notify_on_back_in_stock": true"#, as: bob)
            try await shop.price(lamp, 800)
            let mail = WaitingMail(
                template: "price_drop_alert", recipient: "user1@example.com", oldPrice: "10.00", newPrice: "8.00")
            #expect(try await shop.told() == [mail])
            try await shop.drain()
            try await shop.price(lamp, 800)
            try await shop.change(lamp) { $0.name = "Another name" }
            #expect(try await shop.told() == [])
        }
    }

    @Test(arguments: Backend.available)
    func `each further fall is told, and one after a rise again`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let lamp = try await shop.product(1).id
            try await shop.wish(lamp, as: ada)
            var told: [[String]] = []
            for price in [800, 700, 1_000, 700, 1_200, 1_100, 900] {
                try await shop.price(lamp, Int64(price))
                told += try await shop.told().map { [$0.oldPrice, $0.newPrice] }
            }
            #expect(told == [["10.00", "8.00"], ["8.00", "7.00"], ["10.00", "7.00"], ["10.00", "9.00"]])
        }
    }

    @Test(arguments: Backend.available)
    func `many changes before the job runs are one mail, and a fall that was taken back is none`(
        _ backend: Backend
    ) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let (lamp, desk) = (try await shop.product(1).id, try await shop.product(2).id)
            for product in [lamp, desk] { try await shop.wish(product, as: ada) }
            for price in [900, 800, 850] as [Int64] { try await shop.price(lamp, price) }
            for price in [900, 1_000] as [Int64] { try await shop.price(desk, price) }
            #expect(try await shop.value("SELECT COUNT(*) FROM jobs WHERE kind = 'wishlists.tell'") == 2)
            let told = try await shop.told()
            #expect(told.map(\.newPrice) == ["8.50"])
        }
    }

    @Test(arguments: Backend.available)
    func `variants that follow their product's price are told of, others are not`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            let shirt = try await shop.product(1, variants: [(0, 5), (200, 5)])
            let flags = #", "notify_on_price_drop": true"#
            try await shop.wish(shirt.id, #", "variant_id": \#(shirt.variants[0])"# + flags, as: ada)
            try await shop.wish(shirt.id, #", "variant_id": \#(shirt.variants[1])"# + flags, as: bob)
            try await shop.change(shirt.id) { $0.basePrice = Money(minorUnits: 900) }
            let first = try await shop.told()
            #expect(
                Set(first.map { $0.recipient + $0.newPrice }) == ["user1@example.com9.00", "user2@example.com11.00"])
            try await shop.execute("UPDATE product_variants SET price = 500 WHERE id = \(shirt.variants[1])")
            try await shop.execute("UPDATE products SET version = version + 1 WHERE id = \(shirt.id)")
            #expect(try await shop.told() == [])
            try await shop.review()
            #expect(try await shop.told().map(\.recipient) == ["user2@example.com"])
        }
    }

    @Test(arguments: Backend.available)
    func `what can be bought again is told to who asked, each time it was gone`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            let lamp = try await shop.product(1, stock: 0).id
            try await shop.wish(lamp, as: ada)
            try await shop.wish(lamp, #", "notify_on_price_drop": true"#, as: bob)
            var counts: [Int] = []
            for quantity in [5, 5, -10, 1, 1, -2] {
                try await shop.adjust(lamp, by: quantity)
                let told = try await shop.told()
                counts.append(told.count)
                #expect(told.allSatisfy { $0.template == "back_in_stock_alert" && $0.recipient == ada.email })
            }
            #expect(counts == [1, 0, 0, 1, 0, 0])
        }
    }

    @Test(arguments: Backend.available)
    func `a variant in another warehouse, a warehouse that opens and a product that is shown again are back`(
        _ backend: Backend
    ) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let shirt = try await shop.product(1, variants: [(0, 0), (0, 3)])
            try await shop.wish(
                shirt.id, #", "variant_id": \#(shirt.variants[0]), "notify_on_back_in_stock": true"#, as: ada)
            let made = try await shop.call(
                .post, "/api/inventory/warehouses/", #"{"code": "W2", "name": "Cellar", "is_active": false}"#,
                as: WishlistHarness.admin)
            let body =
                #"{"product_id": \#(shirt.id), "variant_id": \#(shirt.variants[0]), "warehouse_id": \#(made.id), "quantity": 2}"#
            let put = try await shop.call(.post, "/api/inventory/stock/adjust/", body, as: WishlistHarness.admin)
            #expect(put.status == 201, "\(put.json)")
            #expect(try await shop.told() == [])
            let opened = try await shop.call(
                .patch, "/api/inventory/warehouses/\(made.id)/", #"{"is_active": true}"#, as: WishlistHarness.admin)
            #expect(opened.status == 200, "\(opened.json)")
            #expect(try await shop.told().count == 1)
            try await shop.change(shirt.id) { $0.isActive = false }
            #expect(try await shop.told() == [])
            try await shop.change(shirt.id) { $0.isActive = true }
            #expect(try await shop.told().map(\.template) == ["back_in_stock_alert"])
        }
    }

    @Test(arguments: Backend.available)
    func `who came, asked or went later is not told of what was before`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let users = try await [shop.user(1), shop.user(2), shop.user(3), shop.user(4), shop.user(5)]
            let lamp = try await shop.product(1, stock: 0).id
            let stays = try await shop.wish(lamp, as: users[0])
            let goes = try await shop.wish(lamp, as: users[1])
            let asksLater = try await shop.wish(lamp, "", as: users[2])
            let stops = try await shop.wish(lamp, as: users[3])
            try await shop.adjust(lamp, by: 5)
            try await shop.price(lamp, 800)
            _ = try await shop.call(.delete, "/api/wishlist/items/\(goes)/", as: users[1])
            try await shop.flags(asksLater, true, as: users[2])
            try await shop.flags(stops, false, as: users[3])
            try await shop.wish(lamp, as: users[4])
            let told = try await shop.told()
            #expect(told.map(\.recipient) == ["user1@example.com", "user1@example.com"])
            #expect(Set(told.map(\.template)) == ["price_drop_alert", "back_in_stock_alert"])
            try await shop.price(lamp, 700)
            let next = try await shop.told().map(\.recipient)
            #expect(next == ["user1@example.com", "user3@example.com", "user5@example.com"])
            try await shop.flags(stays, false, as: users[0])
            try await shop.flags(stays, true, as: users[0])
            try await shop.review()
            #expect(try await shop.told() == [])
        }
    }

    @Test(arguments: Backend.available)
    func `who may not be written to is passed over`(_ backend: Backend) async throws {
        try await WishlistHarness.with(backend) { shop in
            let (ada, bob) = (try await shop.user(1), try await shop.user(2))
            let lamp = try await shop.product(1).id
            for user in [ada, bob] { try await shop.wish(lamp, as: user) }
            try await shop.execute("UPDATE users SET is_active = 0 WHERE id = 1")
            try await shop.price(lamp, 800)
            #expect(try await shop.told().map(\.recipient) == ["user2@example.com"])
        }
    }

    @Test(arguments: Backend.available)
    func `the hourly look finds what nobody gave notice of, and forgets what nobody wishes for`(
        _ backend: Backend
    ) async throws {
        try await WishlistHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let goods = try await (1...3).asyncMap { try await shop.product(Int64($0)).id }
            for product in goods { try await shop.wish(product, as: ada) }
            try await shop.execute("UPDATE products SET is_listed = 0 WHERE id = \(goods[0])")
            try await shop.execute("UPDATE products SET price = 500 WHERE id = \(goods[1])")
            let last = try await shop.call(.get, "/api/wishlist/check/\(goods[2])/", as: ada)
            let item = try #require(last.json["item_id"]?.integer)
            #expect(try await shop.call(.delete, "/api/wishlist/items/\(item)/", as: ada).status == 204)
            try await shop.review()
            #expect(try await shop.told().map(\.newPrice) == ["5.00"])
            #expect(try await shop.value("SELECT COUNT(*) FROM wishlist_offers") == 2)
            try await shop.execute("UPDATE products SET is_listed = 1 WHERE id = \(goods[0])")
            try await shop.review()
            #expect(try await shop.told().map(\.template) == ["back_in_stock_alert"])
        }
    }
}

extension WishlistHarness {
    /// Sets both flags of an item.
    func flags(_ item: Int64, _ isOn: Bool, as user: Identity) async throws {
        let body = #"{"notify_on_price_drop": \#(isOn), "notify_on_back_in_stock": \#(isOn)}"#
        let answer = try await call(.patch, "/api/wishlist/items/\(item)/", body, as: user)
        try #require(answer.status == 200, "\(answer.json)")
    }

    /// Enqueues the job that looks at all that is wished for.
    func review() async throws {
        let jobs = jobs
        _ = try await database.write { tx in try jobs.enqueue(ReviewWishes(), in: tx) }
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
