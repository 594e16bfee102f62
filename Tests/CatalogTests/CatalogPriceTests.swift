import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing

@testable import Storefront

/// What lists, filters and facets say of products whose variants have prices of their own.
@Suite struct CatalogPriceTests {
    @Test(arguments: Backend.available)
    func `a list shows the lowest price that can be bought and the highest beside it`(_ backend: Backend) async throws {
        try await withShelf(backend) { shop in
            #expect(try await shop.shown("Phone") == ["400.00", "900.00"])
            let phone = try await shop.sellables(of: "phone")
            try await shop.hold(phone[0], 2, for: 1)
            #expect(try await shop.shown("Phone") == ["650.00", "900.00"])
            try await shop.hold(phone[2], 4, for: 2)
            #expect(try await shop.shown("Phone") == ["650.00", "650.00"])
            try await shop.hold(phone[1], 3, for: 3)
            #expect(try await shop.shown("Phone") == ["400.00", "900.00"], "none can be bought: all are shown")
            try await shop.release(3)
            #expect(try await shop.shown("Phone") == ["650.00", "650.00"])
            #expect(try await shop.shown("Case") == ["20.00", "20.00"])
            let detail = try await shop.call(.get, "/api/products/phone/")
            #expect(detail.json.text("base_price") == "500.00" && detail.json.text("price") == "650.00")
            #expect(detail["variants"]?.elements.map { $0.text("price") } == ["400.00", "650.00", "900.00"])
        }
    }

    @Test(arguments: Backend.available)
    func `a range of prices holds what has a buyable variant in it`(_ backend: Backend) async throws {
        try await withShelf(backend) { shop in
            let ranges: [(query: String, names: [String])] = [
                ("min_price=600&max_price=700", ["Phone"]), ("min_price=410&max_price=640", ["Radio"]),
                ("min_price=901", []), ("max_price=20", ["Case"]), ("min_price=890", ["Phone"]),
                ("min_price=400&max_price=400", ["Phone"]), ("min_price=30&max_price=450", ["Radio", "Phone"]),
                ("max_price=399", ["Case"]),
            ]
            for (query, names) in ranges {
                // First by the database, then from the list that is kept.
                for visit in 0..<(ListCache.visitsBeforeKeeping + 2) {
                    let answer = try await shop.call(.get, "/api/products/?ordering=-price&\(query)&visit=\(visit)")
                    #expect(answer["results"]?.elements.map { $0.text("name") } == names, "\(query), \(visit)")
                    #expect(answer.json.int("count") == names.count, "\(query), \(visit)")
                }
                let found = try await shop.names("in_stock=true&ordering=-price&\(query)")
                #expect(found == names, "\(query)")
            }
            try await shop.hold(try await shop.sellables(of: "phone")[1], 3, for: 1)
            #expect(try await shop.names("min_price=600&max_price=700").isEmpty, "what is sold out lies in no range")
        }
    }

    @Test(arguments: Backend.available)
    func `order and facets go by what variants cost`(_ backend: Backend) async throws {
        try await withShelf(backend) { shop in
            #expect(try await shop.names("ordering=price") == ["Case", "Phone", "Radio"])
            try await shop.hold(try await shop.sellables(of: "phone")[0], 2, for: 1)
            #expect(try await shop.names("ordering=price") == ["Case", "Radio", "Phone"])
            let all = try await shop.call(.get, "/api/products/?facets=1")
            #expect(all["facets"]?["price"]?["min"] == .string("20.00"))
            #expect(all["facets"]?["price"]?["max"] == .string("900.00"))
            let ranges = all["facets"]?["price"]?["ranges"]?.elements ?? []
            #expect(ranges.map { $0.text("from") } == ["0.00", "200.00", "400.00", "600.00", "800.00"])
            #expect(
                ranges.map { $0.int("count") } == [1, 0, 1, 1, 1], "the phone counts where each of its prices lies")
            let some = try await shop.call(.get, "/api/products/?facets=1&min_price=600&max_price=899")
            #expect(some["facets"]?["category"]?[0]?["count"] == .number("1"))
            let none = try await shop.call(.get, "/api/products/?facets=1&min_price=700&max_price=899")
            #expect(none["facets"]?["category"] == .array([]) && none.json.int("count") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `no price may leave a variant costing nothing`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let variants = JSONValue.array([
                .object(["sku": .string("LESS"), "price_adjustment": .string("-5.00")]),
                .object(["sku": .string("AS")]),
                .object(["sku": .string("FREE"), "price": .string("0.00")]),
            ])
            _ = try await shop.product("Mug", sku: "MUG", in: category, ["variants": variants])
            for price in ["5.00", "4.99", "0.00"] {
                let refused = try await shop.call(.patch, "/api/products/mug/", .object(["price": .string(price)]))
                #expect(refused.status == 400 && "\(refused["price"] ?? .null)".contains("LESS"), "\(refused.json)")
            }
            #expect(try await shop.call(.get, "/api/products/mug/").json.text("base_price") == "10.00")
            let lowered = try await shop.call(.patch, "/api/products/mug/", .object(["price": .string("5.01")]))
            #expect(lowered.status == 200)
            let body = JSONValue.object(["sku": .string("NEW"), "price_adjustment": .string("-5.01")])
            let added = try await shop.call(.post, "/api/products/mug/variants/", body)
            #expect(added.status == 400 && added["price_adjustment"] != nil, "\(added.json)")
            let made = try await shop.product("Cup", sku: "CUP", price: "4.00", in: category, ["variants": variants])
            #expect(made.status == 400 && made["variants"]?[0]?["price_adjustment"] != nil, "\(made.json)")
            let changed = try await shop.call(
                .patch, "/api/products/mug/variants/\(try await shop.sellables(of: "mug")[1].variantKey)/",
                .object(["price_adjustment": .string("-6.00")]))
            #expect(changed.status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `a variant that an older shop let cost nothing is not sold`(_ backend: Backend) async throws {
        try await withShelf(backend) { shop in
            let phone = try await shop.sellables(of: "phone")
            let _: Void = try await shop.database.write { tx in
                try tx.execute(
                    """
                    UPDATE product_variants SET price = NULL, price_adjustment = -60000 WHERE id = \(phone[0].variantKey)
                    """)
                try StorefrontPrices.refresh([phone[0].product], in: tx)
                tx.catalogChanged()
            }
            let offers = try await shop.database.read { try StorefrontOffers.read(phone, $0) }
            #expect(offers[phone[0]]?.isForSale == false && offers[phone[1]]?.isForSale == true)
            #expect(try await shop.shown("Phone") == ["650.00", "900.00"])
            #expect(try await shop.call(.get, "/api/products/phone/")["variants"]?.elements.count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `a product that is sent back as it was read keeps its own price`(_ backend: Backend) async throws {
        try await withShelf(backend) { shop in
            let read = try await shop.call(.get, "/api/products/phone/").json.members
            let names = ["name", "sku", "price", "price_max", "base_price", "description"]
            let category = JSONValue.string(read["category"]?.text("slug") ?? "")
            var body = read.filter { names.contains($0.key) }.merging(["category": category]) { $1 }
            let same = try await shop.call(.put, "/api/products/phone/", .object(body))
            #expect(same.status == 200 && same.json.text("base_price") == "500.00", "\(same.json)")
            body["base_price"] = .string("510.00")
            #expect(
                try await shop.call(.put, "/api/products/phone/", .object(body)).json.text("base_price") == "510.00")
            body["price"] = .string("520.00")
            #expect(
                try await shop.call(.put, "/api/products/phone/", .object(body)).json.text("base_price") == "520.00")
        }
    }

    @Test(arguments: Backend.available)
    func `prices follow a table of products and one of stock`(_ backend: Backend) async throws {
        try await withShelf(backend) { shop in
            let products = "sku,parent_sku,price\nP-64,PHONE,380.00\nP-512,PHONE,1000.00\n"
            try await shop.take(in: "products", products)
            #expect(try await shop.shown("Phone") == ["380.00", "1000.00"])
            try await shop.take(in: "stock", "sku,warehouse,on_hand\nP-64,MAIN,0\nP-512,MAIN,0\n")
            #expect(try await shop.shown("Phone") == ["650.00", "650.00"])
            try await shop.take(in: "stock", "sku,warehouse,on_hand\nP-512,MAIN,1\n")
            #expect(try await shop.shown("Phone") == ["650.00", "1000.00"])
        }
    }

    private func withShelf(_ backend: Backend, _ body: (CatalogFixture) async throws -> Void) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let variants = [("P-64", "400.00", 2), ("P-128", "650.00", 3), ("P-512", "900.00", 4)].map {
                JSONValue.object([
                    "sku": .string($0.0), "price": .string($0.1), "stock_quantity": .number("\($0.2)"),
                ])
            }
            _ = try await shop.product(
                "Phone", sku: "PHONE", price: "500.00", in: category, ["variants": .array(variants)])
            let goods = [("Radio", "420.00"), ("Case", "20.00")]
            for (name, price) in goods {
                _ = try await shop.product(
                    name, sku: name, price: price, in: category, ["stock_quantity": .number("9")])
            }
            try await body(shop)
        }
    }
}

extension CatalogFixture {
    /// Returns `price` and `price_max` of a product in the list.
    fileprivate func shown(_ name: String) async throws -> [String] {
        let items = try await call(.get, "/api/products/")["results"]?.elements ?? []
        let item = items.first { $0.text("name") == name } ?? .null
        let detail = try await call(.get, "/api/products/\(item.text("slug"))/")
        #expect(detail.json.text("price") == item.text("price"))
        #expect(detail.json.text("price_max") == item.text("price_max"))
        return [item.text("price"), item.text("price_max")]
    }

    /// Returns a product's variants, in their order.
    fileprivate func sellables(of slug: String) async throws -> [SellableID] {
        let detail = try await call(.get, "/api/products/\(slug)/")
        return (detail["variants"]?.elements ?? []).map {
            SellableID(product: Int64(detail.json.int("id")), variantKey: Int64($0.int("id")))
        }
    }

    fileprivate func hold(_ sellable: SellableID, _ quantity: Int, for order: Int64) async throws {
        try await database.write { [stock] tx in
            try stock.reserve([StockLine(sellable, quantity: quantity)], for: OrderID(order), until: nil, in: tx)
            tx.catalogChanged()
        }
    }

    fileprivate func release(_ order: Int64) async throws {
        try await database.write { [stock] tx in
            try stock.release(OrderID(order), in: tx)
            tx.catalogChanged()
        }
    }

    /// Has the shop agree with a table, of which no row may be refused.
    fileprivate func take(in table: String, _ csv: String) async throws {
        let answer = try await upload("/api/admin/\(table)/imports/", Array(csv.utf8), named: "table.csv", as: "file")
        try #require((200...202).contains(answer.status), "\(answer.json)")
        try await drainJobs()
        let done = try await call(.get, "/api/admin/\(table)/imports/\(answer.json.int("id"))/")
        #expect(done.json.text("status") == "finished" && done.json.int("failed_count") == 0, "\(done.json)")
    }
}
