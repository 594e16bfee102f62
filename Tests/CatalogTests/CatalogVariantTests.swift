import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import Storefront
import TestSupport
import Testing

@Suite struct CatalogVariantTests {
    private static let shirts = JSONValue.array([
        .object([
            "sku": .string("S"), "stock_quantity": .number("3"), "price": .string("12.50"),
            "options": .array([
                .object(["type": .string("size"), "value": .string("S")]),
                .object(["type": .string("colour"), "value": .string("red")]),
            ]),
        ]),
        .object(["sku": .string("M"), "stock_quantity": .number("4"), "price_adjustment": .string("-1.00")]),
        .object([
            "sku": .string("L"), "stock_quantity": .number("5"), "variant_type": .string("size"),
            "variant_value": .string("L"),
        ]),
    ])

    @Test(arguments: Backend.available)
    func `variants have options, prices and stock of their own`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let made = try await shop.product("Shirt", sku: "SHIRT", in: category, ["variants": Self.shirts])
            #expect(made.json.int("stock_quantity") == 12)
            let variants = made["variants"]?.elements ?? []
            #expect(variants.map { $0.text("price") } == ["12.50", "9.00", "10.00"])
            #expect(variants.map { $0.text("price_adjustment") } == ["2.50", "-1.00", "0.00"])
            #expect(variants.map { $0.int("stock_quantity") } == [3, 4, 5])
            #expect(variants.first?["options"]?.elements.map { $0.text("value") } == ["S", "red"])
            #expect(variants.first?.text("variant_type") == "size" && variants.last?.text("variant_value") == "L")
            #expect(try await shop.names("search=red") == ["Shirt"])

            _ = try await shop.call(.patch, "/api/products/shirt/", .object(["price": .string("20.00")]))
            let dearer = try await shop.call(.get, "/api/products/shirt/")["variants"]?.elements ?? []
            #expect(dearer.map { $0.text("price") } == ["12.50", "19.00", "20.00"])
        }
    }

    @Test(arguments: Backend.available)
    func `a variant is added, changed and removed`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Mug", sku: "MUG", in: category, ["stock_quantity": .number("9")])
            let body = JSONValue.object(["sku": .string("MUG-B"), "stock_quantity": .number("2")])
            let added = try await shop.call(.post, "/api/products/mug/variants/", body)
            #expect(added.status == 201 && added.json.int("stock_quantity") == 2)
            #expect(try await shop.call(.post, "/api/products/mug/variants/", body).status == 400)
            #expect(try await shop.call(.get, "/api/products/mug/").json.int("stock_quantity") == 2)
            let target = "/api/products/mug/variants/\(added.json.int("id"))/"
            #expect(try await shop.call(.patch, target, .object([:]), ifMatch: "4").status == 412)
            let changed = try await shop.call(
                .patch, target, .object(["price": .string("3.00"), "is_active": .bool(false)]))
            #expect(changed.json.text("price") == "3.00" && changed.json.text("sku") == "MUG-B")
            let shown = try await shop.call(.get, "/api/products/mug/")
            #expect(shown["variants"] == .array([]) && shown["in_stock"] == .bool(false))
            #expect(try await shop.call(.delete, target).status == 204)
            #expect(try await shop.call(.delete, target).status == 404)
            #expect(try await shop.call(.get, "/api/products/mug/").json.int("stock_quantity") == 9)
        }
    }

    @Test(arguments: Backend.available)
    func `two variants have no options in common as a whole`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Shirt", sku: "SHIRT", in: category, ["variants": Self.shirts])
            let options = JSONValue.array([
                .object(["type": .string("colour"), "value": .string("red")]),
                .object(["type": .string("size"), "value": .string("S")]),
            ])
            let same = JSONValue.object(["sku": .string("S2"), "options": options])
            let refused = try await shop.call(.post, "/api/products/shirt/variants/", same)
            #expect(refused.status == 400 && refused["options"] != nil, "\(refused.json)")
            let last = try await shop.call(.get, "/api/products/shirt/")["variants"]?.elements.last?.int("id") ?? 0
            let moved = try await shop.call(
                .patch, "/api/products/shirt/variants/\(last)/", .object(["options": options]))
            #expect(moved.status == 400 && moved["options"] != nil)
            let twins = JSONValue.array(
                ["M", "m"].enumerated().map { index, size in
                    .object([
                        "sku": .string("T-\(index)"),
                        "options": .array([.object(["type": .string("size"), "value": .string(size)])]),
                    ])
                })
            let made = try await shop.call(
                .post, "/api/products/",
                .object([
                    "name": .string("Twins"), "sku": .string("T"), "price": .string("1"),
                    "category": .number("\(category)"),
                    "variants": twins,
                ]))
            #expect(made.status == 400 && made["variants"]?[1]?["options"] != nil, "\(made.json)")
        }
    }

    /// A form sends back what it was given: what follows the product's price goes on following it.
    @Test(arguments: Backend.available)
    func `a variant that is sent back as it was read keeps its kind of price`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Shirt", sku: "SHIRT", in: category, ["variants": Self.shirts])
            for variant in try await shop.call(.get, "/api/products/shirt/")["variants"]?.elements ?? [] {
                let same = try await shop.call(
                    .patch, "/api/products/shirt/variants/\(variant.int("id"))/",
                    .object(variant.members.filter { ["price", "price_adjustment", "sku"].contains($0.key) }))
                #expect(same.status == 200, "\(same.json)")
            }
            _ = try await shop.call(.patch, "/api/products/shirt/", .object(["price": .string("20.00")]))
            let dearer = try await shop.call(.get, "/api/products/shirt/")["variants"]?.elements ?? []
            #expect(dearer.map { $0.text("price") } == ["12.50", "19.00", "20.00"])
            // Where only the adjustment is another one, that is what changes.
            let variant = dearer[1].members.merging(["price_adjustment": .string("5.00")]) { $1 }
            let moved = try await shop.call(
                .patch, "/api/products/shirt/variants/\(dearer[1].int("id"))/",
                .object(variant.filter { ["price", "price_adjustment"].contains($0.key) }))
            #expect(moved.json.text("price") == "25.00", "\(moved.json)")
            // A price of its own stays what it is said to be.
            let own = JSONValue.object(["price": .string("12.50"), "price_adjustment": .string("0.00")])
            let kept = try await shop.call(.patch, "/api/products/shirt/variants/\(dearer[0].int("id"))/", own)
            #expect(kept.json.text("price") == "12.50", "\(kept.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `offers say what carts need to know, in one statement`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let shirt = try await shop.product("Shirt", sku: "SHIRT", in: category, ["variants": Self.shirts])
            let mug = try await shop.product(
                "Mug", sku: "MUG", in: category, ["stock_quantity": .number("9"), "weight": .string("0.4")])
            let gone = try await shop.product("Gone", sku: "GONE", in: category)
            _ = try await shop.call(.delete, "/api/products/gone/")
            let shirtID = ProductID(Int64(shirt.json.int("id")))
            let variants = (shirt["variants"]?.elements ?? []).map { VariantID(Int64($0.int("id"))) }
            let mugID = ProductID(Int64(mug.json.int("id")))
            let ids =
                variants.map { SellableID(shirtID, $0) } + [
                    SellableID(mugID), SellableID(shirtID), SellableID(ProductID(Int64(gone.json.int("id")))),
                    SellableID(ProductID(999)), SellableID(mugID, variants[0]),
                ]
            let meter = StatementMeter()
            let offers = try await StatementMeter.$current.withValue(meter) {
                try await shop.database.read { try StorefrontOffers.read(ids, $0) }
            }
            #expect(meter.statements == 1 && offers.count == 6)
            let medium = try #require(offers[ids[1]])
            #expect(medium.price == Money(minorUnits: 900) && medium.sku == "M" && medium.available == 4)
            #expect(medium.isForSale && offers[ids[0]]?.options.last?.value == "red")
            let whole = try #require(offers[SellableID(mugID)])
            #expect(whole.isForSale && whole.weight == 400 && whole.available == 9 && whole.taxClass == "standard")
            #expect(offers[SellableID(shirtID)]?.isForSale == false && offers[ids[5]]?.isForSale == false)
            let fits = try await shop.database.read { connection in
                try [ids[0], ids[3], ids[4], ids[5], ids[7]].map { try StorefrontOffers.check($0, connection) }
            }
            #expect(fits == [.valid, .valid, .needsVariant, .unknownProduct, .unknownVariant])
        }
    }
}
