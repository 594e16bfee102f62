import AppHarness
import Primitives
import TestSupport
import Testing

/// The prices of variants on the page of their product.
@Suite(.timeLimit(.minutes(5)))
struct VariantPriceTests {
    @Test(arguments: Backend.available)
    func `a variant without a price of its own stays blank, and follows the product`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let id = try await stand.product("Shirt", price: "20.00", stock: 1, by: admin)
            let variants = "/api/products/\(id)/variants/"
            for variant in [
                ["sku": "S"], ["sku": "M", "price": "25.00"], ["sku": "L", "price_adjustment": "5.00"],
            ] as [JSONValue] {
                let made = try await admin.send("POST", variants, json: variant)
                try #require(made.status == 201, "\(made.text)")
            }
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            let page = try await browser.get("/admin/products/\(id)/").page
            let form = try #require(page.forms.first { $0.action.contains("/sections/") && $0["row"] != nil })
            let shown = Self.prices(of: page)
            #expect(shown.map(\.value) == ["", "25.00", ""], "\(shown)")
            #expect(shown.map(\.placeholder).prefix(3) == ["20.00", "25.00", "25.00"], "\(shown)")

            let names = form.controls.map(\.name).filter { $0.hasPrefix("cell.") && $0.hasSuffix(".sku") }
            let saved = try await browser.submit(form, [try #require(names.first): "XS"])
            #expect(saved.status == 303, "\(saved.page.texts)")
            let dearer = try await admin.send("PATCH", "/api/products/\(id)/", json: ["price": "30.00"])
            #expect(dearer.status == 200, "\(dearer.text)")
            let read = try await admin.send("GET", "/api/admin/products/\(id)/")
            let prices = read["variants"]?.elements.map { $0["price"]?.text }
            #expect(prices == ["30.00", "25.00", "35.00"], "what was saved is the SKU alone: \(read.text)")
            #expect(read["variants"]?.elements.map { $0["own_price"]?.text } == [nil, "25.00", nil])
        }
    }

    /// The inputs of prices of variants that are there, in their order.
    private static func prices(of page: MarkupPage) -> [(value: String, placeholder: String)] {
        page.tags.filter { tag in
            let name = tag.attributes["name"] ?? ""
            return name.hasPrefix("cell.") && name.hasSuffix(".price") && !name.hasPrefix("cell.new")
        }.map { ($0.attributes["value"] ?? "", $0.attributes["placeholder"] ?? "") }
    }
}
