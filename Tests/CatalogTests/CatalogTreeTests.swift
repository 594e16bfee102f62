import AppHarness
import Commerce
import HTTPTypes
import Primitives
import TestSupport
import Testing

@Suite struct CatalogTreeTests {
    @Test(arguments: Backend.available)
    func `roots come with all below them, by name`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let home = try await shop.category("Home")
            let chairs = try await shop.category("Chairs", under: home)
            _ = try await shop.category("Stools", under: chairs)
            _ = try await shop.category("Beds", under: home)
            _ = try await shop.category("Art")
            let answer = try await shop.call(.get, "/api/categories/")
            #expect(answer.json.int("count") == 2)
            let roots = answer["results"]?.elements ?? []
            #expect(roots.map { $0.text("name") } == ["Art", "Home"])
            let below = roots.last?["subcategories"]?.elements ?? []
            #expect(below.map { $0.text("name") } == ["Beds", "Chairs"])
            #expect(below.last?["subcategories"]?.elements.map { $0.text("slug") } == ["stools"])
            #expect(try await shop.call(.get, "/api/categories/?ordering=size").status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `categories stand in the order that staff choose, then by name`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let home = try await shop.category("Home")
            for name in ["Art", "Beds", "Chairs"] { _ = try await shop.category(name, under: home) }
            func names() async throws -> [String?] {
                let answer = try await shop.call(.get, "/api/categories/home/")
                return (answer["subcategories"]?.elements ?? []).map { $0.text("name") }
            }
            func move(_ slug: String, _ direction: String, ifMatch: String? = nil) async throws -> Int {
                let body: JSONValue = .object(["direction": .string(direction)])
                return try await shop.call(.put, "/api/categories/\(slug)/move/", body, ifMatch: ifMatch).status
            }
            #expect(try await move("art", "down") == 200)
            #expect(try await names() == ["Beds", "Art", "Chairs"])
            #expect(try await move("beds", "up") == 200)
            #expect(try await move("chairs", "up") == 200)
            #expect(try await names() == ["Beds", "Chairs", "Art"])
            #expect(try await move("chairs", "up", ifMatch: "\"99\"") == 412)
            #expect(try await move("chairs", "sideways") == 400)
            #expect(try await move("nowhere", "up") == 404)
            let last: JSONValue = .object(["display_order": .number("9")])
            let moved = try await shop.call(.patch, "/api/categories/beds/", last)
            #expect(moved.status == 200 && moved.json.int("display_order") == 9, "\(moved.json)")
            #expect(try await names() == ["Chairs", "Art", "Beds"])
        }
    }

    @Test(arguments: Backend.available)
    func `staff choose the names in addresses, each of them once`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let home = try await shop.category("Home")
            _ = try await shop.category("Garden")
            _ = try await shop.product("Lamp", sku: "L", in: home)
            for (path, other) in [("/api/categories/", "home"), ("/api/products/", "lamp")] {
                let name: JSONValue = .object(["slug": .string("living")])
                let renamed = try await shop.call(.patch, path + other + "/", name)
                #expect(renamed.status == 200 && renamed["slug"] == .string("living"), "\(renamed.json)")
                #expect(try await shop.call(.get, path + other + "/").status == 404)
                #expect(try await shop.call(.get, path + "living/").status == 200)
                #expect(try await shop.call(.patch, path + "living/", name).status == 200)
                let odd = try await shop.call(.patch, path + "living/", .object(["slug": .string("Not one")]))
                #expect(odd.status == 400 && odd["slug"] != nil, "\(odd.json)")
            }
            let taken: JSONValue = .object(["slug": .string("living")])
            let category = try await shop.call(.patch, "/api/categories/garden/", taken)
            #expect(category.status == 400 && category["slug"] != nil, "\(category.json)")
            let product = try await shop.product("Desk", sku: "D", in: home, ["slug": .string("living")])
            #expect(product.status == 400 && product["slug"] != nil, "\(product.json)")
            let made = try await shop.product("Desk", sku: "D", in: home, ["slug": .string("best-desk")])
            #expect(made.status == 201 && made["slug"] == .string("best-desk"), "\(made.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `a category shows a page of the products below it`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let home = try await shop.category("Home")
            let chairs = try await shop.category("Chairs", under: home)
            for number in 0..<3 { _ = try await shop.product("Chair \(number)", sku: "C\(number)", in: chairs) }
            let answer = try await shop.call(.get, "/api/categories/home/?page=2&page_size=2&ordering=name")
            #expect(answer["products"]?.int("count") == 3)
            #expect(answer["products"]?["results"]?.elements.map { $0.text("name") } == ["Chair 2"])
            #expect(
                answer["products"]?.text("previous")
                    == "http://shop.test/api/categories/home/?ordering=name&page=1&page_size=2")
            #expect(try await shop.call(.get, "/api/categories/\(home)/").status == 200)
            #expect(try await shop.call(.get, "/api/categories/none/").status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `an inactive category hides everything below it until it is active again`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let home = try await shop.category("Home")
            let chairs = try await shop.category("Chairs", under: home)
            _ = try await shop.product("Oak", sku: "1", in: chairs)
            _ = try await shop.product("Draft", sku: "2", in: chairs, ["is_active": .bool(false)])
            _ = try await shop.product("Waiting", sku: "3", in: chairs, ["approval_status": .string("pending")])
            #expect(try await shop.names("") == ["Oak"])
            #expect(try await shop.call(.get, "/api/products/draft/").status == 404)

            _ = try await shop.call(.patch, "/api/categories/home/", .object(["is_active": .bool(false)]))
            #expect(try await shop.names("").isEmpty)
            #expect(try await shop.names("category=chairs").isEmpty)
            #expect(try await shop.call(.get, "/api/categories/chairs/").status == 404)
            #expect(try await shop.call(.get, "/api/products/oak/").status == 404)
            _ = try await shop.product("Late", sku: "4", in: chairs)
            #expect(try await shop.names("").isEmpty)

            _ = try await shop.call(.patch, "/api/categories/home/", .object(["is_active": .bool(true)]))
            #expect(try await shop.names("ordering=name") == ["Late", "Oak"])
        }
    }

    @Test(arguments: Backend.available)
    func `a moved category takes its subtree along and never under itself`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let (home, hidden) = (try await shop.category("Home"), try await shop.category("Hidden", isActive: false))
            let chairs = try await shop.category("Chairs", under: home)
            let stools = try await shop.category("Stools", under: chairs)
            _ = try await shop.product("Bar stool", sku: "1", in: stools)
            #expect(try await shop.names("category=home") == ["Bar stool"])

            let below = JSONValue.object(["parent": .number(String(stools))])
            let refused = try await shop.call(.patch, "/api/categories/home/", below)
            #expect(refused.status == 400 && refused["parent"] != nil)

            _ = try await shop.call(.patch, "/api/categories/chairs/", .object(["parent": .string("hidden")]))
            #expect(try await shop.names("").isEmpty)
            _ = try await shop.call(.patch, "/api/categories/\(hidden)/", .object(["is_active": .bool(true)]))
            #expect(try await shop.names("category=hidden") == ["Bar stool"])
            #expect(try await shop.names("category=home").isEmpty)
            let root = try await shop.call(.patch, "/api/categories/chairs/", .object(["parent": .null]))
            #expect(root["parent"] == .null && root["subcategories"]?.elements.count == 1)
            #expect(try await shop.names("category=hidden").isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `a category is removed only when it holds nothing`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let home = try await shop.category("Home")
            let chairs = try await shop.category("Chairs", under: home)
            _ = try await shop.product("Oak", sku: "1", in: chairs)
            #expect(try await shop.call(.delete, "/api/categories/home/").status == 409)
            #expect(try await shop.call(.delete, "/api/categories/chairs/").status == 409)
            #expect(try await shop.call(.delete, "/api/products/oak/").status == 204)
            #expect(try await shop.call(.delete, "/api/categories/chairs/").status == 204)
            #expect(try await shop.call(.delete, "/api/categories/home/").status == 204)
            #expect(try await shop.call(.get, "/api/categories/").json.int("count") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `slugs of categories are unique and hold a letter`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            var slugs: [String] = []
            for name in ["Home", "Home", "Höme!", "2024", "商品", "Ελληνικά", "Чай"] {
                let body = JSONValue.object(["name": .string(name)])
                slugs.append(try await shop.call(.post, "/api/categories/", body).json.text("slug"))
            }
            #expect(slugs == ["home", "home-2", "home-3", "category-2024", "category", "ellinika", "chai"])
        }
    }
}
