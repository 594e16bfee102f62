import AppHarness
import KontorApp
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// What is done to a product on its pages beside its own form: pictures from the start, stock by warehouse.
@Suite(.timeLimit(.minutes(5)))
struct ProductPageTests {
    private static let path = "/admin/products/new/"
    private static let picture = UploadedFile(fileName: "lamp.png", bytes: CommerceTable.picture)
    private static let broken = UploadedFile(fileName: "notes.png", bytes: Array("no picture".utf8))

    /// Runs `body` with the administrator's browser, the form of a new product and what is typed into it.
    private func withForm(
        _ backend: Backend,
        _ body: @escaping @Sendable (ShopHarness, AdminBrowser, MarkupPage.Form, [String: String]) async throws -> Void
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let category = try await admin.send("POST", "/api/categories/", json: ["name": "Lamps"])
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            let form = try #require(try await browser.get(Self.path).page.form(to: Self.path))
            let typed = [
                "name": "Lamp", "sku": "LAMP", "price": "19.90", "category": CommerceFixture.text(category["id"]),
            ]
            try await body(stand, browser, form, typed)
        }
    }

    private static func products(_ stand: ShopHarness) async throws -> [JSONValue] {
        let admin = try await stand.bearer()
        let list = try await admin.send("GET", "/api/admin/products/")["results"]?.elements ?? []
        var products: [JSONValue] = []
        for row in list {
            products.append(try await admin.send("GET", "/api/admin/products/\(CommerceFixture.text(row["id"]))/").json)
        }
        return products
    }

    @Test(arguments: Backend.available)
    func `pictures are chosen with a new product, and a form that is sent twice adds them once`(
        _ backend: Backend
    ) async throws {
        try await withForm(backend) { stand, browser, form, typed in
            #expect(form.isMultipart)
            for _ in 0..<2 {
                let made = try await browser.upload(form, [Self.picture, Self.picture], typed)
                #expect(made.status == 303 && made.location.hasPrefix("/admin/products/"), "\(made.page.texts)")
            }
            let products = try await Self.products(stand)
            #expect(products.count == 1 && products.first?["images"]?.elements.count == 2, "\(products)")
        }
    }

    @Test(arguments: Backend.available)
    func `a picture that is refused is told by its name, and the product and the others are there`(
        _ backend: Backend
    ) async throws {
        try await withForm(backend) { stand, browser, form, typed in
            let made = try await browser.upload(form, [Self.broken, Self.picture], typed)
            #expect(made.status == 400, "\(made.page.texts)")
            let words = made.page.texts.joined(separator: " ")
            #expect(words.contains("Everything else was saved.") && words.contains("notes.png:"), "\(words)")
            let products = try await Self.products(stand)
            #expect(products.count == 1 && products.first?["images"]?.elements.count == 1, "\(products)")
            let id = CommerceFixture.text(products.first?["id"])
            #expect(made.page.form(to: "/admin/products/\(id)/")?["name"] == "Lamp", "the page is the product's")
        }
    }

    @Test(arguments: Backend.available)
    func `a product that is refused keeps what was typed, and asks for its pictures again`(
        _ backend: Backend
    ) async throws {
        try await withForm(backend) { stand, browser, form, typed in
            let refused = try await browser.upload(form, [Self.picture], typed.merging(["price": "much"]) { $1 })
            #expect(refused.status == 400)
            let again = try #require(refused.page.form(to: Self.path))
            #expect(again["name"] == "Lamp" && again["price"] == "much")
            #expect(refused.page.texts.contains("Please choose the pictures again."), "\(refused.page.texts)")
            #expect(try await Self.products(stand).isEmpty)
            let made = try await browser.upload(again, [Self.picture], ["price": "19.90"])
            #expect(made.status == 303, "\(made.page.texts)")
            #expect(try await Self.products(stand).first?["images"]?.elements.count == 1)
        }
    }
}

extension ProductPageTests {
    /// Returns the form of the grid of stock.
    private static func grid(_ page: MarkupPage) throws -> MarkupPage.Form {
        try #require(page.forms.first { form in form.controls.contains { $0.name == "cell.new1.warehouse_id" } })
    }

    private static func stock(of product: Int, _ admin: HTTPProbe) async throws -> [JSONValue] {
        try await admin.send("GET", "/api/inventory/stock/\(product)/")["stock"]?.elements ?? []
    }

    @Test(arguments: Backend.available)
    func `the stock of variants is corrected with its reason, once, and where there was none before`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Shirt", stock: 0, by: admin)
            let variant = try await admin.send(
                "POST", "/api/products/\(product)/variants/", json: ["sku": "SHIRT-S", "stock_quantity": 2])
            let other = try await admin.send(
                "POST", "/api/inventory/warehouses/", json: ["name": "Other", "code": "OTHER"])
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            let path = "/admin/products/\(product)/"
            let row = try #require(
                try await Self.stock(of: product, admin).first { $0["sku"]?.text == "SHIRT-S" }?["id"])
            let cell = "cell.\(CommerceFixture.text(row))."
            let form = try Self.grid(try await browser.get(path).page)
            for _ in 0..<2 {
                let saved = try await browser.submit(
                    form,
                    [
                        cell + "quantity": "5", cell + "notes": "Found behind a shelf", "cell.new1.quantity": "3",
                        "cell.new1.warehouse_id": CommerceFixture.text(other["id"]),
                        "cell.new1.variant_id": CommerceFixture.text(variant["id"]),
                    ])
                #expect(saved.status == 303, "\(saved.page.texts)")
            }
            let held = try await Self.stock(of: product, admin).filter { $0["sku"]?.text == "SHIRT-S" }
            #expect(held.compactMap { $0["quantity"]?.number }.sorted() == [3, 7], "\(held)")
            let moved = try await admin.send("GET", "/api/inventory/movements/?product=\(product)")
            #expect(moved.text.contains("Found behind a shelf"), "\(moved.text)")
            let next = try Self.grid(try await browser.get(path).page)
            #expect(next[cell + "quantity"] == "", "a change begins blank")
            let refused = try await browser.submit(next, [cell + "quantity": "-99", cell + "notes": "Lost"])
            #expect(refused.status >= 400 && refused.status < 500, "\(refused.status)")
            let again = try Self.grid(refused.page)
            #expect(again[cell + "quantity"] == "-99" && again[cell + "notes"] == "Lost")
        }
    }

    @Test func `who may not change stock is not offered to`() async throws {
        try await withShop(.sqlite) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Lamp", stock: 4, by: admin)
            _ = try await stand.customer("clerk@example.com")
            _ = try await stand.shop.installation.database.write { tx in
                try tx.execute(
                    "UPDATE users SET role = 'staff', permissions = 'products.edit' WHERE email = 'clerk@example.com'")
            }
            let browser = stand.browser()
            try await browser.signIn("clerk@example.com")
            let page = try await browser.get("/admin/products/\(product)/")
            #expect(page.status == 200)
            #expect(!page.page.forms.contains { form in form.controls.contains { $0.name.hasSuffix(".notes") } })
        }
    }
}
