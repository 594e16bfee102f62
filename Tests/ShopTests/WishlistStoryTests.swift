import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

/// The alerts of wishlists, through the API of a whole shop into its mailbox.
@Suite(.timeLimit(.minutes(10)))
struct WishlistStoryTests {
    /// Returns the mails of this kind to an address, by what their subjects hold.
    private static func mails(to email: String, holding text: String, _ admin: HTTPProbe) async throws -> [JSONValue] {
        let list = try await admin.send("GET", "/api/admin/mailbox/?to=\(email)&page_size=100")
        return list["results"]?.elements.filter { $0["subject"]?.text?.contains(text) == true } ?? []
    }

    /// Waits until there are as many mails as there should be, and for all jobs to be done.
    private static func expect(
        _ count: Int, to email: String, holding text: String, _ stand: ShopHarness, _ admin: HTTPProbe
    ) async throws -> [JSONValue] {
        let database = stand.shop.installation.database
        try await poll("the jobs to be done", atMost: .seconds(30)) {
            try await database.read {
                try $0.value(
                    "SELECT COUNT(*) FROM jobs WHERE kind IN ('wishlists.tell', 'mail.send') AND state < 2",
                    as: Int.self) ?? 0
            } == 0
        }
        let found = try await mails(to: email, holding: text, admin)
        #expect(found.count == count, "\(email), \(text): \(found.count)")
        return found
    }

    @Test(arguments: Backend.available)
    func `staff lower a price, and who asked for it is told once`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["FRONTEND_URL": "https://shop.example"]) { stand in
            let admin = try await stand.admin()
            let (ada, bob) = (try await stand.customer("ada@example.com"), try await stand.customer("bob@example.com"))
            let lamp = try await stand.product("Lamp", price: "20.00", stock: 5, by: admin)
            for (user, wants) in [(ada, true), (bob, false)] {
                let added = try await user.send(
                    "POST", "/api/wishlist/add/",
                    json: ["product_id": .number("\(lamp)"), "notify_on_price_drop": .bool(wants)])
                #expect(added.status == 201, "\(added.text)")
            }
            let lowered = try await admin.send("PATCH", "/api/products/\(lamp)/", json: ["price": "15.50"])
            #expect(lowered.status == 200, "\(lowered.text)")
            let mails = try await Self.expect(1, to: "ada@example.com", holding: "Lamp", stand, admin)
            _ = try await Self.expect(0, to: "bob@example.com", holding: "Lamp", stand, admin)
            let text = mails.first?["text"]?.text ?? ""
            #expect(text.contains("15.50 USD instead of 20.00 USD"), "\(text)")
            #expect(text.contains("https://shop.example/products/lamp"), "\(text)")
            #expect(mails.first?["html"]?.text?.contains("href=\"https://shop.example/products/lamp\"") == true)
            let list = try await ada.send("GET", "/api/wishlist/")
            #expect(list["items"]?[0]?["price_changed"] == .bool(true))
            #expect(list["items"]?[0]?["current_price"]?.text == "15.50")
            for price in ["16.00", "15.00"] {
                _ = try await admin.send("PATCH", "/api/products/\(lamp)/", json: ["price": .string(price)])
            }
            _ = try await Self.expect(2, to: "ada@example.com", holding: "Lamp", stand, admin)
        }
    }

    @Test(arguments: Backend.available)
    func `stock that comes, and an order that is cancelled, are told to who waits`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let (ada, bob) = (try await stand.customer("ada@example.com"), try await stand.customer("bob@example.com"))
            let lamp = try await stand.product("Lamp", stock: 0, by: admin)
            let wish: JSONValue = ["product_id": .number("\(lamp)"), "notify_on_back_in_stock": .bool(true)]
            #expect(try await ada.send("POST", "/api/wishlist/add/", json: wish).status == 201)
            let adjusted = try await admin.send(
                "POST", "/api/inventory/stock/adjust/", json: ["product_id": .number("\(lamp)"), "quantity": 5])
            #expect(adjusted.status == 201, "\(adjusted.text)")
            let first = try await Self.expect(1, to: "ada@example.com", holding: "back in stock", stand, admin)
            #expect(first.first?["text"]?.text?.contains("10.00 USD") == true)
            // Another customer buys all of it and gives it back.
            let home = try await stand.address(of: bob)
            _ = try await bob.send(
                "POST", "/api/cart/add/", json: ["product_id": .number("\(lamp)"), "quantity": 5])
            let order = try await bob.send(
                "POST", "/api/orders/", json: ["shipping_address_id": home, "payment_method": "cod"])
            #expect(order.status == 201, "\(order.text)")
            _ = try await Self.expect(1, to: "ada@example.com", holding: "back in stock", stand, admin)
            let cancel = try await bob.send(
                "PUT", "/api/orders/\(CommerceFixture.text(order["id"]))/cancel/", json: [:])
            #expect(cancel.status == 200, "\(cancel.text)")
            _ = try await Self.expect(2, to: "ada@example.com", holding: "back in stock", stand, admin)
            // What is moved to the cart is not waited for any more.
            let item = try await ada.send("GET", "/api/wishlist/check/\(lamp)/")["item_id"]
            let moved = try await ada.send(
                "POST", "/api/wishlist/items/\(CommerceFixture.text(item))/move-to-cart/", json: ["quantity": 5])
            #expect(moved.status == 200 && moved["items"]?[0]?["quantity"]?.number == 5, "\(moved.text)")
            for quantity in [-5, 1] {
                _ = try await admin.send(
                    "POST", "/api/inventory/stock/adjust/",
                    json: ["product_id": .number("\(lamp)"), "quantity": .number("\(quantity)")])
            }
            _ = try await Self.expect(2, to: "ada@example.com", holding: "back in stock", stand, admin)
        }
    }
}
