import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@Suite struct CatalogListTests {
    @Test(arguments: Backend.available)
    func `an item of a list has every field of the contract`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("Chairs")
            let vendor = try await shop.call(.post, "/api/admin/vendors/", .object(["name": .string("Ärmel & Co")]))
            #expect(vendor.json.text("slug") == "armel-co")
            _ = try await shop.product(
                "Oak chair", sku: "OAK-1", price: "49.90", in: category,
                [
                    "compare_at_price": .string("59.90"), "stock_quantity": .number("7"), "is_featured": .bool(true),
                    "vendor": .number(String(vendor.json.int("id"))),
                ])
            let answer = try await shop.call(.get, "/api/products/")
            #expect(answer.json.int("count") == 1)
            let item = try #require(answer["results"]?.elements.first)
            guard case .object(let members) = item else { return #expect(Bool(false)) }
            #expect(
                Set(members.keys) == [
                    "id", "name", "slug", "sku", "short_description", "price", "price_max", "compare_at_price",
                    "currency",
                    "category",
                    "vendor", "image", "in_stock", "stock_quantity", "rating_average", "rating_count", "is_featured",
                ])
            #expect(item.text("price") == "49.90" && item.text("compare_at_price") == "59.90")
            #expect(item.int("stock_quantity") == 7 && item["in_stock"] == .bool(true))
            #expect(item["category"]?.text("slug") == "chairs" && item["vendor"]?.text("name") == "Ärmel & Co")
            #expect(item["image"] == .null && item.text("currency") == "USD" && item.text("slug") == "oak-chair")
        }
    }

    @Test(arguments: Backend.available)
    func `filters show what meets them`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let (home, toys) = (try await shop.category("Home"), try await shop.category("Toys"))
            let chairs = try await shop.category("Chairs", under: home)
            let oak = try await shop.product(
                "Oak", sku: "1", price: "10.00", in: chairs, ["stock_quantity": .number("1")])
            let pine = try await shop.product("Pine", sku: "2", price: "20.00", in: home, ["is_featured": .bool(true)])
            _ = try await shop.product("Bear", sku: "3", price: "30.00", in: toys)
            _ = try await shop.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO product_ratings (product_id, rating_sum, rating_count)
                    VALUES (\(oak.json.int("id")), 9, 2), (\(pine.json.int("id")), 3, 1)
                    """)
                tx.catalogChanged()
            }
            #expect(try await shop.names("category=home&ordering=name") == ["Oak", "Pine"])
            #expect(try await shop.names("category=\(chairs)") == ["Oak"])
            #expect(try await shop.names("category=nothing").isEmpty)
            #expect(try await shop.names("vendor=77").isEmpty)
            #expect(try await shop.names("vendor=nobody").isEmpty)
            #expect(try await shop.names("min_price=10.01&ordering=price") == ["Pine", "Bear"])
            #expect(try await shop.names("max_price=20&ordering=-price") == ["Pine", "Oak"])
            #expect(try await shop.names("in_stock=true") == ["Oak"])
            #expect(try await shop.names("in_stock=false&ordering=name") == ["Bear", "Pine"])
            #expect(try await shop.names("featured=true") == ["Pine"])
            #expect(try await shop.names("min_rating=4.5") == ["Oak"])
            #expect(try await shop.names("min_rating=3&ordering=-rating") == ["Oak", "Pine"])
            #expect(try await shop.names("ordering=rating").last == "Oak")
            for bad in ["min_price=cheap", "in_stock=perhaps", "ordering=colour", "min_rating=x"] {
                let answer = try await shop.call(.get, "/api/products/?\(bad)")
                #expect(answer.status == 400)
                #expect(answer[String(bad.prefix { $0 != "=" })] != nil)
            }
            #expect(try await shop.call(.get, "/api/products/?page=2").status == 404)
            #expect(try await shop.call(.get, "/api/products/?page=0").status == 404)
        }
    }

    @Test(
        arguments: Backend.available,
        ["", "ordering=price", "ordering=-price", "ordering=name", "ordering=rating", "ordering=-popularity"])
    func `walking the pages shows every product once, first time and again`(
        _ backend: Backend, _ ordering: String
    ) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            for number in 0..<13 { _ = try await shop.product("Same", sku: "S\(number)", in: category) }
            for _ in 0..<2 {
                var seen: [Int] = []
                for page in 1...4 {
                    let answer = try await shop.call(.get, "/api/products/?page_size=4&page=\(page)&\(ordering)")
                    #expect(answer.json.int("count") == 13)
                    #expect((answer["next"] == .null) == (page == 4))
                    seen += answer["results"]?.elements.map { $0.int("id") } ?? []
                }
                #expect(Set(seen).count == 13 && seen.count == 13)
                let descends = ordering.isEmpty || ordering.contains("-")
                #expect(seen == (descends ? seen.sorted(by: >) : seen.sorted()))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `popularity is what was sold`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let slow = try await shop.product("Slow", sku: "1", in: category)
            let hit = try await shop.product("Hit", sku: "2", in: category)
            _ = try await shop.product("Unsold", sku: "3", in: category)
            _ = try await shop.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO product_sales (product_id, units_90d)
                    VALUES (\(slow.json.int("id")), 2), (\(hit.json.int("id")), 40)
                    """)
            }
            #expect(try await shop.names("ordering=-popularity") == ["Hit", "Slow", "Unsold"])
        }
    }

    @Test(arguments: Backend.available)
    func `a kept list is forgotten with the write that changes it`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("First", sku: "1", in: category)
            for _ in 0..<3 { #expect(try await shop.names("ordering=price") == ["First"]) }
            _ = try await shop.product("Second", sku: "2", price: "5.00", in: category)
            #expect(try await shop.names("ordering=price") == ["Second", "First"])
        }
    }

    @Test(arguments: Backend.available)
    func `a product is shown as it is in every list, seen before or not`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let oak = try await shop.product("Oak", sku: "1", price: "10.00", in: category)
            _ = try await shop.product("Pine", sku: "2", price: "20.00", in: category)
            let lists = [
                "/api/products/?ordering=price", "/api/products/?min_price=1", "/api/products/?search=oak",
                "/api/products/?page_size=1&page=2",
            ]
            for price in ["10.00", "11.00", "9.50"] {
                _ = try await shop.call(
                    .patch, "/api/products/\(oak.json.int("id"))/", .object(["price": .string(price)]))
                for list in lists + lists {
                    let items = try await shop.call(.get, list)["results"]?.elements ?? []
                    let shown = items.first { $0.text("name") == "Oak" }
                    #expect(shown?.text("price") == price, "\(list)")
                }
                let category = try await shop.call(.get, "/api/categories/all/")
                let inside = category["products"]?["results"]?.elements.first { $0.text("name") == "Oak" }
                #expect(inside?.text("price") == price)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `reading takes as many statements for many products as for few`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            for number in 0..<30 {
                let variants = JSONValue.array([
                    .object(["sku": .string("V\(number)a"), "stock_quantity": .number("2")]),
                    .object(["sku": .string("V\(number)b")]),
                ])
                _ = try await shop.product("Thing \(number)", sku: "T\(number)", in: category, ["variants": variants])
            }
            func statements(_ target: String) async throws -> Int {
                let meter = StatementMeter()
                let status = try await StatementMeter.$current.withValue(meter) {
                    try await shop.call(.get, target).status
                }
                #expect(status == 200)
                return meter.statements
            }
            for query in ["", "category=all&in_stock=true", "search=thing", "category=all&min_price=1&ordering=-name"] {
                for size in [2, 25] {
                    #expect(try await statements("/api/products/?page_size=\(size)&\(query)") <= 4)
                }
            }
            #expect(try await statements("/api/products/thing-3/") <= 6)
            #expect(try await statements("/api/categories/") == 1)
            #expect(try await statements("/api/categories/all/") <= 6)
        }
    }
}
