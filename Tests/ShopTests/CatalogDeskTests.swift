import Jobs
import KontorApp
import Primitives
import SQL
import Storefront
import TestSupport
import Testing

/// The catalog and its stock from behind the counter.
@Suite(.timeLimit(.minutes(12)))
struct CatalogDeskTests {
    @Test(arguments: Backend.available)
    func `staff find and read what the public does not see`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Blue Lamp", stock: 2, by: admin)
            _ = try await stand.product("Red Mug", stock: 2, by: admin)
            let change: JSONValue = ["approval_status": "pending", "is_active": JSONValue.bool(false)]
            #expect(try await admin.send("PATCH", "/api/products/\(product)/", json: change).status == 200)
            #expect(try await admin.send("GET", "/api/products/\(product)/").status == 404)
            let shown = try await admin.send("GET", "/api/admin/products/\(product)/")
            #expect(shown["approval_status"]?.text == "pending" && shown["version"]?.number == 2, "\(shown.text)")
            for (query, names) in [
                ("", ["Red Mug", "Blue Lamp"]), ("approval_status=pending", ["Blue Lamp"]),
                ("is_active=true", ["Red Mug"]), ("is_listed=false", ["Blue Lamp"]), ("search=lamp", ["Blue Lamp"]),
                ("search=sku-red+mug", ["Red Mug"]), ("category=category-of-blue-lamp", ["Blue Lamp"]),
                ("category=none", []), ("vendor=nobody", []), ("search=100%25", []),
                ("ordering=name", ["Blue Lamp", "Red Mug"]),
            ] {
                let list = try await admin.send("GET", "/api/admin/products/?" + query)
                let found = list["results"]?.elements.compactMap { $0["name"]?.text }
                #expect(found == names && list["count"]?.number == names.count, "\(query): \(list.text)")
            }
            let category = try #require(shown["category"]?["id"])
            let path = "/api/admin/categories/\(CommerceFixture.text(category))/"
            let off = try await admin.send(
                "PATCH", "/api/categories/\(CommerceFixture.text(category))/",
                json: ["is_active": JSONValue.bool(false)])
            #expect(off.status == 200)
            #expect(try await admin.send("GET", "/api/categories/")["count"]?.number == 1)
            #expect(try await admin.send("GET", "/api/admin/categories/")["count"]?.number == 2)
            #expect(try await admin.send("GET", path)["is_active"]?.truth == false)
            #expect(try await admin.send("DELETE", "/api/products/\(product)/").status == 204)
            #expect(try await admin.send("GET", "/api/admin/products/\(product)/").status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `staff see the tree of categories as one list with how much is in each`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            _ = try await stand.product("Lamp", stock: 1, by: admin)
            let tree = "/api/admin/category-tree/"
            let top = try #require(try await admin.send("GET", tree)["results"]?[0])
            #expect(top["product_count"]?.number == 1 && top["depth"]?.number == 0, "\(top)")
            let below = try await admin.send(
                "POST", "/api/categories/", json: ["name": "Desk", "parent": try #require(top["id"])])
            let desk = try #require(below["id"])
            let made = try await admin.send(
                "POST", "/api/products/", json: ["name": "Desk lamp", "sku": "D", "price": "5", "category": desk])
            #expect(made.status == 201, "\(made.text)")
            let rows = try await admin.send("GET", tree)["results"]?.elements ?? []
            #expect(rows.map { $0["path"]?.text } == ["Category of Lamp", "Category of Lamp › Desk"])
            #expect(rows.map { $0["product_count"]?.number } == [1, 1])
            #expect(rows.map { $0["total_count"]?.number } == [2, 1])
            #expect(rows.map { $0["depth"]?.number } == [0, 1])
            let found = try await admin.send("GET", tree + "?search=DESK")
            #expect(found["count"]?.number == 1, "\(found.text)")
            #expect(try await admin.send("GET", tree + "?is_active=false")["count"]?.number == 0)
            #expect(try await admin.send("DELETE", "/api/products/desk-lamp/").status == 204)
            #expect(try await admin.send("GET", tree)["results"]?[0]?["total_count"]?.number == 1)
            #expect(try await stand.anonymous.send("GET", tree).status == 401)
        }
    }

    /// Pieces do not vanish from the shelf because the catalog calls them something else.
    @Test(arguments: Backend.available)
    func `what was in stock before there were variants, or of one that went, can be moved and written off`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Shirt", stock: 7, by: admin)
            let id = JSONValue.number(String(product))
            let made = try await admin.send(
                "POST", "/api/products/\(product)/variants/", json: ["sku": "SHIRT-S", "stock_quantity": 2])
            let variant = try #require(made["id"])
            let path = "/api/inventory/stock/\(product)/"
            let both = try await admin.send("GET", path)
            #expect(both["quantity"]?.number == 9 && both["available_quantity"]?.number == 2, "\(both.text)")
            let adjust = "/api/inventory/stock/adjust/"
            let less = try await admin.send("POST", adjust, json: ["product_id": id, "quantity": .number("-7")])
            #expect(less.status == 201, "\(less.text)")
            let none = try await admin.send("POST", adjust, json: ["product_id": id, "quantity": 1])
            #expect(none.status == 400 && none["variant_id"] != nil, "\(none.text)")
            let gone = try await admin.send(
                "DELETE", "/api/products/\(product)/variants/\(CommerceFixture.text(variant))/")
            #expect(gone.status == 204)
            #expect(try await admin.send("GET", path)["available_quantity"]?.number == 0)
            let rest: JSONValue = ["product_id": id, "variant_id": variant, "quantity": .number("-2")]
            let more: JSONValue = ["product_id": id, "variant_id": variant, "quantity": 5]
            #expect(try await admin.send("POST", adjust, json: more).status == 400)
            #expect(try await admin.send("POST", adjust, json: rest).status == 201)
            #expect(try await admin.send("POST", adjust, json: rest).status == 400)
            #expect(try await admin.send("GET", path)["quantity"]?.number == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `nobody is told to order more of what is sold no more`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let product = try await stand.product("Candle", stock: 3, by: admin)
            let stock = try await admin.send("GET", "/api/inventory/stock/\(product)/")["stock"]?[0]?["id"]
            let levels: JSONValue = ["reorder_level": 50, "reorder_quantity": 20]
            _ = try await admin.send("PATCH", "/api/inventory/levels/\(CommerceFixture.text(stock))/", json: levels)
            let (report, alerts) = ("/api/inventory/reports/low-stock/", "/api/inventory/alerts/?is_resolved=false")
            #expect(try await admin.send("GET", report)["count"]?.number == 1)
            #expect(try await admin.send("GET", alerts)["count"]?.number == 1)
            #expect(try await admin.send("DELETE", "/api/products/\(product)/").status == 204)
            #expect(try await admin.send("GET", report)["count"]?.number == 0)
            #expect(try await admin.send("GET", alerts)["count"]?.number == 0)
            // What is left is written off, and nobody is warned of it.
            let rest: JSONValue = ["product_id": .number(String(product)), "quantity": .number("-3")]
            #expect(try await admin.send("POST", "/api/inventory/stock/adjust/", json: rest).status == 201)
            #expect(try await admin.send("GET", alerts)["count"]?.number == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `popularity is what orders have sold, less what was cancelled`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let names = ["Once", "Often", "Never", "Back"]
            var products: [Int] = []
            for name in names { products.append(try await stand.product(name, stock: 9, by: admin)) }
            let shopper = try await stand.customer()
            let address = try await stand.address(of: shopper)
            for (product, count) in [(products[0], 1), (products[1], 4), (products[3], 9)] {
                _ = try await shopper.send(
                    "POST", "/api/cart/add/",
                    json: ["product_id": .number(String(product)), "quantity": .number(String(count))])
                let order = try await shopper.send(
                    "POST", "/api/orders/", json: ["shipping_address_id": address, "payment_method": "cod"])
                try #require(order.status == 201, "\(order.text)")
                guard product == products[3] else { continue }
                _ = try await shopper.send("PUT", "/api/orders/\(CommerceFixture.text(order["id"]))/cancel/")
            }
            let database = stand.shop.installation.database
            _ = try await database.write { tx in
                try JobQueue(database, time: stand.shop.installation.time).enqueue(SalesTally(), in: tx)
            }
            let path = "/api/products/?ordering=-popularity"
            try await poll("the tally", atMost: .seconds(30)) {
                try await admin.send("GET", path)["results"]?.elements.compactMap { $0["name"]?.text }.prefix(2)
                    == ["Often", "Once"]
            }
            let sold = try await database.read {
                try $0.value("SELECT SUM(units_90d) FROM product_sales", as: Int.self)
            }
            #expect(sold == 5)
        }
    }
}
