import AppHarness
import Primitives
import TestSupport
import Testing
import Web

/// The first page and the search.
@Suite(.timeLimit(.minutes(5)))
struct DashboardTests {
    @Test(arguments: Backend.available)
    func `a new shop says what to do next, and marks what is done`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            let empty = try await browser.get("/admin/")
            #expect(empty.status == 200 && empty.page.heading == "Overview" && empty.page.faults.isEmpty)
            #expect(empty.page.texts.contains("Your first steps") && empty.page.texts.contains("A category"))
            #expect(empty.page.texts.contains("Nothing was sold in the last 30 days."), "\(empty.page.texts)")
            #expect(empty.page.texts.contains("No product has a level at which it counts as low."))
            #expect(empty.page.links.contains("/admin/stock/") && !empty.page.texts.contains("Nothing runs low."))
            let open = empty.page.texts.filter { $0 == "To do" }.count
            _ = try await stand.product("Lamp", stock: 5, by: admin)
            let begun = try await browser.get("/admin/").page.texts
            #expect(begun.filter { $0 == "To do" }.count == open - 2, "a category and a product are there: \(begun)")
        }
    }

    @Test(arguments: Backend.available)
    func `a shop that sells shows what it sold, what waits and what runs low`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let lamp = try await stand.product("Lamp", stock: 5, by: admin)
            let shopper = try await stand.customer()
            let address = try await stand.address(of: shopper)
            _ = try await shopper.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(lamp)), "quantity": 3])
            let order = try await shopper.send(
                "POST", "/api/orders/", json: ["shipping_address_id": address, "payment_method": "cod"])
            try #require(order.status == 201, "\(order.text)")
            let row = try await admin.send("GET", "/api/inventory/stock/\(lamp)/")["stock"]?[0]?["id"]
            let levels: JSONValue = ["reorder_level": 50]
            _ = try await admin.send("PATCH", "/api/inventory/levels/\(CommerceFixture.text(row))/", json: levels)
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            let page = try await browser.get("/admin/").page
            #expect(page.faults.isEmpty && page.dangers.isEmpty, "\(page.faults) \(page.dangers)")
            for text in ["Pending", "3 sold", "$30.00", "2 left", "Stock alerts", "As a table"] {
                #expect(page.texts.contains(text), "\(text): \(page.texts)")
            }
            #expect(!page.texts.contains("Your first steps"))
            #expect(page.tags.contains { $0.name == "svg" } && page.tags.filter { $0.name == "title" }.count > 30)
            #expect(page.links.contains("/admin/stock/\(lamp)/"), "\(page.links)")
        }
    }

    @Test func `who may see little is shown little, and is refused nothing`() async throws {
        try await withShop(.sqlite) { stand in
            _ = try await TestAccounts(stand)
            let browser = stand.browser()
            try await browser.signIn("clerk@example.com")
            let page = try await browser.get("/admin/")
            #expect(page.status == 200, "\(page.page.texts)")
            #expect(page.page.texts.contains { $0.hasPrefix("What you see here depends on your permissions") })
            #expect(!page.page.texts.contains("Orders by status"))
        }
    }

    @Test(arguments: Backend.available)
    func `an order's number and a SKU lead straight to their pages, and nothing else does`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let lamp = try await stand.product("Lamp", stock: 5, by: admin)
            _ = try await admin.send(
                "POST", "/api/products/\(lamp)/variants/", json: ["sku": "LAMP-RED", "stock_quantity": 2])
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            for words in ["SKU-Lamp", "sku-lamp", " SKU-LAMP ", "lamp-red"] {
                let answer = try await browser.get("/admin/search/?q=" + PercentEncoding.encode(words))
                #expect(answer.status == 303 && answer.location.hasSuffix("/\(lamp)/"), "\(words): \(answer.location)")
            }
            for words in ["", "lam", "SKU", "nobody@example.com", "<b>Lamp</b>", String(repeating: "x", count: 400)] {
                let answer = try await browser.get("/admin/search/?q=" + PercentEncoding.encode(words))
                #expect(answer.status == 200 && answer.page.faults.isEmpty, "\(words): \(answer.status)")
            }
            let none = try await browser.get("/admin/search/?q=nothing-at-all")
            #expect(none.page.texts.contains("Nothing was found."), "\(none.page.texts)")
        }
    }
}
