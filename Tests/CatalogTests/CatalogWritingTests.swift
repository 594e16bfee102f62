import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@Suite struct CatalogWritingTests {
    @Test(arguments: Backend.available)
    func `a product is made with all that staff say of it`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("Chairs")
            let made = try await shop.product(
                "Oak chair", sku: "OAK-1", price: "49.9", in: category,
                [
                    "description": .string("Solid."), "short_description": .string("A chair"),
                    "weight": .string("4.25"),
                    "dimensions": .object(["length": .number("40.5"), "width": .string("41"), "height": .string("90")]),
                    "tax_class": .string("reduced"), "stock_quantity": .number("12"), "category": .string("chairs"),
                    "compare_at_price": .null, "rating_count": .number("99"),
                ])
            #expect(made.status == 201)
            let shown = try await shop.call(.get, "/api/products/\(made.json.int("id"))/")
            #expect(shown.json == made.json)
            #expect(shown.json.text("price") == "49.90" && shown.json.text("weight") == "4.250")
            #expect(shown["dimensions"]?.text("length") == "40.5" && shown["dimensions"]?.text("unit") == "cm")
            #expect(shown.json.int("stock_quantity") == 12 && shown.json.int("version") == 1)
            #expect(shown.json.text("tax_class") == "reduced" && shown.json.int("rating_count") == 0)
            #expect(shown["images"] == .array([]) && shown["variants"] == .array([]))
            #expect(shown.json.text("created_at") == CatalogFixture.start.description)
            let movements = try await shop.database.read {
                try $0.value("SELECT SUM(quantity) FROM stock_movements WHERE movement_type = 'purchase'", as: Int.self)
            }
            #expect(movements == 12)
        }
    }

    @Test(arguments: Backend.available)
    func `every wrong field of a product is named`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let bad = JSONValue.object([
                "name": .string(" "), "price": .string("-1"), "weight": .string("heavy"),
                "dimensions": .object(["length": .string("1")]), "variants": .array([.object([:])]),
            ])
            let answer = try await shop.call(.post, "/api/products/", bad)
            #expect(answer.status == 400)
            guard case .object(let errors) = answer.json else { throw NotFound() }
            #expect(Set(errors.keys) == ["name", "sku", "price", "category", "weight", "dimensions", "variants"])
            let category = try await shop.category("All")
            for (field, value) in [("category", JSONValue.string("none")), ("vendor", .number("77"))] {
                let answer = try await shop.product("X", sku: "X-\(field)", in: category, [field: value])
                #expect(answer.status == 400 && answer[field] != nil)
            }
            #expect(try await shop.names("").isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `PUT is whole and PATCH is partial`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product(
                "Lamp", sku: "L", in: category,
                ["description": .string("Bright"), "compare_at_price": .string("20"), "is_featured": .bool(true)])
            let patched = try await shop.call(.patch, "/api/products/lamp/", .object(["price": .string("9.99")]))
            #expect(patched.status == 200 && patched.json.text("price") == "9.99")
            #expect(patched.json.text("description") == "Bright" && patched.json.text("compare_at_price") == "20.00")
            let missing = try await shop.call(.put, "/api/products/lamp/", .object(["price": .string("1")]))
            #expect(missing.status == 400 && missing["name"] != nil && missing["sku"] != nil)
            let whole = JSONValue.object([
                "name": .string("Big lamp"), "sku": .string("L"), "price": .string("8"), "category": .string("all"),
            ])
            let put = try await shop.call(.put, "/api/products/lamp/", whole)
            #expect(put.status == 200 && put.json.text("description").isEmpty && put["compare_at_price"] == .null)
            #expect(put["is_featured"] == .bool(false) && put.json.text("slug") == "lamp")
            #expect(try await shop.call(.patch, "/api/products/none/", .object([:])).status == 404)
        }
    }

    /// An edit of the price must not approve, sell or give away.
    @Test(arguments: Backend.available)
    func `a PUT changes no approval, owner or sale by leaving it out`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO vendors (id, name, slug, status, created_at, updated_at)
                    VALUES (7, 'Vera', 'vera', 'approved', 0, 0)
                    """)
            }
            _ = try await shop.product(
                "Lamp", sku: "L", in: category,
                ["approval_status": .string("rejected"), "is_active": .bool(false), "vendor": .number("7")])
            let whole = JSONValue.object([
                "name": .string("Big lamp"), "sku": .string("L"), "price": .string("8"), "category": .string("all"),
            ])
            #expect(try await shop.call(.put, "/api/products/lamp/", whole).status == 200)
            let rows = try await shop.database.read {
                try $0.tuples(
                    "SELECT approval_status, is_active, vendor_id, is_listed FROM products WHERE sku = 'L'",
                    as: (String, Int, Int, Int).self)
            }
            #expect(rows.count == 1 && rows.allSatisfy { $0 == ("rejected", 0, 7, 0) })
        }
    }

    @Test(arguments: Backend.available)
    func `If-Match holds an edit against the version`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Lamp", sku: "L", in: category)
            let change = JSONValue.object(["price": .string("2.00")])
            for stale in ["\"2\"", "7", "\"a\", \"b\""] {
                #expect(try await shop.call(.patch, "/api/products/lamp/", change, ifMatch: stale).status == 412)
                #expect(try await shop.call(.delete, "/api/products/lamp/", ifMatch: stale).status == 412)
            }
            #expect(
                try await shop.call(.patch, "/api/products/lamp/", change, ifMatch: "\"1\"").json.int("version") == 2)
            #expect(try await shop.call(.patch, "/api/products/lamp/", change, ifMatch: "1").status == 412)
            #expect(try await shop.call(.patch, "/api/products/lamp/", change, ifMatch: "2").status == 200)
            #expect(try await shop.call(.patch, "/api/products/lamp/", change, ifMatch: "*").status == 200)
            let category412 = try await shop.call(.patch, "/api/categories/all/", .object([:]), ifMatch: "9")
            #expect(category412.status == 412)
        }
    }

    @Test(arguments: Backend.available)
    func `a SKU stays taken, by products and variants alike`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let variants = JSONValue.array([.object(["sku": .string("SHIRT-S")]), .object(["sku": .string("SHIRT-M")])])
            _ = try await shop.product("Shirt", sku: "SHIRT", in: category, ["variants": variants])
            for sku in ["SHIRT", "shirt", "SHIRT-M"] {
                let answer = try await shop.product("Other", sku: sku, in: category)
                #expect(answer.status == 400 && answer["sku"] != nil, "\(sku)")
            }
            let taken = JSONValue.array([.object(["sku": .string("NEW-1")]), .object(["sku": .string("SHIRT-S")])])
            let refused = try await shop.product("Other", sku: "NEW", in: category, ["variants": taken])
            #expect(refused.status == 400)
            #expect(refused["variants"]?.elements.map { $0["sku"] != nil } == [false, true])
            let twice = JSONValue.array([.object(["sku": .string("TWO")]), .object(["sku": .string("two")])])
            #expect(try await shop.product("Other", sku: "NEW", in: category, ["variants": twice]).status == 400)

            _ = try await shop.call(.patch, "/api/products/shirt/", .object(["sku": .string("SHIRT-NEW")]))
            #expect(try await shop.product("Other", sku: "SHIRT", in: category).status == 400)
            #expect(
                try await shop.call(.patch, "/api/products/shirt/", .object(["sku": .string("SHIRT")])).status == 200)
            _ = try await shop.call(.delete, "/api/products/shirt/")
            #expect(try await shop.product("Other", sku: "SHIRT-S", in: category).status == 400)
            #expect(try await shop.product("Other", sku: "NEW", in: category).status == 201)
        }
    }

    @Test(arguments: Backend.available)
    func `products made at the same time get slugs of their own, and one of them a SKU`(_ backend: Backend) async throws
    {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let slugs = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<16 {
                    group.addTask { try await shop.product("Twin", sku: "T\(number)", in: category).json.text("slug") }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(slugs.count == 16 && slugs.contains("twin") && slugs.allSatisfy { $0.hasPrefix("twin") })
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<12 {
                    group.addTask { try await shop.product("Solo \(number)", sku: "ONLY", in: category).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 201 } == 1 && statuses.count { $0 == 400 } == 11)
        }
    }

    @Test(arguments: Backend.available)
    func `a deleted product vanishes from the shop and not from its table`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Lamp", sku: "L", in: category)
            #expect(try await shop.call(.delete, "/api/products/lamp/").status == 204)
            #expect(try await shop.call(.delete, "/api/products/lamp/").status == 404)
            #expect(try await shop.call(.get, "/api/products/lamp/").status == 404)
            #expect(try await shop.names("").isEmpty)
            let rows = try await shop.database.read {
                try $0.value("SELECT COUNT(*) FROM products WHERE deleted_at IS NOT NULL", as: Int.self)
            }
            #expect(rows == 1)
            #expect(try await shop.product("Lamp", sku: "L2", in: category).json.text("slug") == "lamp-2")
        }
    }

    @Test(arguments: Backend.available)
    func `what something cost before is kept, and nothing is kept where no price changed`(_ backend: Backend)
        async throws
    {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let made = try await shop.product(
                "Lamp", sku: "L", in: category,
                ["variants": .array([.object(["sku": .string("L-1"), "price_adjustment": .string("2.00")])])])
            let (id, variant) = (made.json.int("id"), made["variants"]?.elements.first?.int("id") ?? 0)
            let path = "/api/products/\(id)/"
            for body in [
                ["price": "12.50", "compare_at_price": "15.00"], ["name": "Lamp two"], ["price": "12.50"],
                ["compare_at_price": "14.00"],
            ] {
                let change = try await shop.call(.patch, path, .object(body.mapValues { .string($0) }))
                #expect(change.status == 200)
                shop.clock.advance(by: .seconds(1))
            }
            _ = try await shop.call(.patch, path + "variants/\(variant)/", .object(["price": .string("9.00")]))
            let history = try await shop.call(.get, path + "price-history/")
            let changes = history["results"]?.elements ?? []
            #expect(history["count"] == .number("3"))
            #expect(changes.map { $0.text("new_price") } == ["9.00", "12.50", "12.50"])
            #expect(changes.map { $0.text("old_price") } == ["14.50", "12.50", "10.00"])
            #expect(changes.map { $0["variant_id"] } == [.number("\(variant)"), .null, .null])
            #expect(changes[1].text("old_compare_at_price") == "15.00")
            #expect(changes[2]["old_compare_at_price"] == .null)
            #expect(try await shop.call(.get, "/api/products/none/price-history/").status == 404)
        }
    }
}
