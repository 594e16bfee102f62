import AppHarness
import Primitives
import TestSupport
import Testing
import Web

/// What pages of rows offer: what can be done, and the next sensible thing first.
@Suite(.timeLimit(.minutes(5)))
struct AdminOfferTests {
    @Test(arguments: ["processing", "shipped", "delivered"])
    func `an order that is paid at the door has one next thing at each step`(_ status: String) async throws {
        try await withShop(.sqlite) { stand in
            let admin = try await stand.admin()
            let lamp = try await stand.product("Lamp", stock: 5, by: admin)
            let shopper = try await stand.customer()
            let address = try await stand.address(of: shopper)
            _ = try await shopper.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(lamp)), "quantity": 1])
            let order = try await shopper.send(
                "POST", "/api/orders/", json: ["shipping_address_id": address, "payment_method": "cod"])
            let id = CommerceFixture.text(order["id"])
            for step in ["processing", "shipped", "delivered"] {
                let moved = try await admin.send(
                    "PUT", "/api/admin/orders/\(id)/status/", json: ["status": .string(step)])
                try #require(moved.status == 200, "\(moved.text)")
                if step == status { break }
            }
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            let page = try await browser.get("/admin/orders/\(id)/").page
            #expect(!page.texts.contains("Credited"), "nothing was: its column is left out")
            let next = page.tags.filter { $0.attributes["class"]?.split(separator: " ").contains("primary") ?? false }
            let state = try await admin.send("GET", "/api/admin/orders/\(id)/")["payment_status"]?.text
            // Who delivers for cash has it.
            #expect(state == (status == "delivered" ? "paid" : "pending"))
            #expect(next.count == (status == "delivered" ? 0 : 1), "\(status): \(next.map(\.attributes))")
        }
    }

    @Test func `a template that the shop comes with is not offered to be deleted, and one of its own is not reset`()
        async throws
    {
        try await withShop(.sqlite) { stand in
            let admin = try await stand.admin()
            let french: JSONValue = [
                "template_type": "welcome", "language": "fr", "subject": "Bienvenue", "text_content": "Bienvenue",
                "html_content": "<p>Bienvenue</p>",
            ]
            let own = try await admin.send("POST", "/api/admin/email-templates/", json: french)
            try #require(own.status == 201 && own["is_shipped"] == .bool(false), "\(own.text)")
            let list = try await admin.send("GET", "/api/admin/email-templates/?language=en&template_type=welcome")
            let shipped = try #require(list["results"]?[0])
            #expect(shipped["is_shipped"] == .bool(true))
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            for (row, isDeleted) in [(shipped, false), (own.json, true)] {
                let path = "/admin/email-templates/\(CommerceFixture.text(row["id"]))/"
                let page = try await browser.get(path).page
                #expect(page.links.contains(path + "delete/") == isDeleted, "\(path)")
                #expect(!page.links.contains(path + "do/reset/"), "it says what it came with, or comes with nothing")
                #expect(page.heading.hasSuffix("Welcome"), "\(page.heading)")
            }
        }
    }

    @Test func `the default warehouse is not offered to be deleted`() async throws {
        try await withShop(.sqlite) { stand in
            let admin = try await stand.admin()
            _ = try await admin.send("POST", "/api/inventory/warehouses/", json: ["name": "Other", "code": "OTHER"])
            let rows = try await admin.send("GET", "/api/inventory/warehouses/")["results"]?.elements ?? []
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            #expect(rows.count == 2)
            for row in rows {
                let path = "/admin/warehouses/\(CommerceFixture.text(row["id"]))/"
                let isOffered = try await browser.get(path).page.links.contains(path + "delete/")
                #expect(isOffered != row["is_default"]?.truth, "\(path)")
            }
        }
    }

    @Test func `the form of an import names each column and leads to such a table`() async throws {
        try await withShop(.sqlite) { stand in
            _ = try await stand.admin()
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            for (screen, columns) in [
                ("products", ["parent_sku", "price_adjustment", "approval_status"]), ("categories", ["display_order"]),
                ("stock-imports", ["on_hand", "overstock_level"]),
            ] {
                let page = try await browser.get("/admin/\(screen)/do/import/").page
                let words = page.texts.joined(separator: " ")
                for column in columns { #expect(words.contains(column), "\(screen): \(column)") }
                let example = try #require(page.links.first { $0.contains("/files/") }, "\(screen)")
                let table = try await browser.get(example)
                #expect(
                    table.status == 200 && columns.allSatisfy { table.text.contains($0) }, "\(screen): \(table.status)")
            }
        }
    }
}
