import AppHarness
import Primitives
import TestSupport
import Testing

@testable import KontorApp

/// Rows among many, as forms of the admin name and find them.
@Suite(.timeLimit(.minutes(5)))
struct NamedRowTests {
    @Test(arguments: Backend.available)
    func `lists find rows by their keys, and refuse what is none`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            for name in ["ada", "bea", "cid"] { _ = try await stand.customer("\(name)@example.com") }
            let all = try await admin.send("GET", "/api/users/?page_size=100")["results"]?.elements ?? []
            let wanted = all.filter { ["ada@example.com", "cid@example.com"].contains($0["email"]?.text ?? "") }
            let ids = wanted.compactMap { $0["id"]?.number }
            try #require(ids.count == 2)
            let list = ids.map { String($0) }.joined(separator: ",")
            let found = try await admin.send("GET", "/api/users/?ids=\(list)")["results"]?.elements ?? []
            #expect(Set(found.compactMap { $0["id"]?.number }) == Set(ids))
            for path in ["/api/users/", "/api/admin/products/", "/api/admin/vendors/", "/api/admin/category-tree/"] {
                let none = try await admin.send("GET", path + "?ids=999999")
                #expect(none.status == 200 && none["count"]?.number == 0, "\(path): \(none.text)")
                for wrong in ["x", "1,", "-1", Array(repeating: "1", count: 101).joined(separator: ",")] {
                    let refused = try await admin.send("GET", path + "?ids=" + wrong)
                    #expect(refused.status == 400 && refused["ids"] != nil, "\(path) \(wrong): \(refused.text)")
                }
            }
        }
    }

    private static let product = "/admin/products/new/"

    /// More categories than a choice has.
    private static func withManyCategories(
        _ body: @escaping @Sendable (ShopHarness, AdminBrowser, [Int]) async throws -> Void
    ) async throws {
        try await withShop(.sqlite) { stand in
            let admin = try await stand.admin()
            var ids: [Int] = []
            for number in 0..<101 {
                let made = try await admin.send(
                    "POST", "/api/categories/", json: ["name": .string("Category \(number)")])
                ids.append(try #require(made["id"]?.number, "\(made.text)"))
            }
            try await body(stand, try await stand.adminBrowser(), ids)
        }
    }

    @Test func `a product's category is entered by its name where there are many, and shown by it`() async throws {
        try await Self.withManyCategories { _, browser, ids in
            let form = try #require(try await browser.get(Self.product).page.form(to: Self.product))
            let entered = ["name": "Lamp", "sku": "LAMP", "price": "10", "category": "category 77"]
            let made = try await browser.submit(form, entered)
            #expect(made.status == 303, "\(made.page.texts)")
            let page = try await browser.get(made.location).page
            let edit = try #require(page.form(to: made.location))
            #expect(edit["category"] == "Category 77" && edit["category.key"] == String(ids[77]))
            let open = try await browser.submit(edit, ["category": "Category 7x"])
            #expect(open.status == 400 && open.page.texts.contains("Nothing is found by this."))
            let again = try #require(open.page.form(to: made.location))
            #expect(again["category"] == "Category 7x" && again["name"] == "Lamp")
            #expect(try await browser.submit(again, ["category": "Category 8"]).status == 303)
            let after = try #require(try await browser.get(made.location).page.form(to: made.location))
            #expect(after["category"] == "Category 8")
        }
    }

    @Test func `what is offered while somebody types has a key, and only who may see the rows gets it`() async throws {
        try await Self.withManyCategories { stand, browser, ids in
            let path = "/admin/lookup/categories/?value=id&by=choice&q=Category%2055"
            let offered = try JSONValue(parsing: try await browser.get(path).response.body)
            #expect(offered[0]?["key"]?.text == String(ids[55]) && offered[0]?["text"]?.text == "Category 55")
            #expect(try await stand.browser().get(path).asksToSignIn)
        }
    }
}
