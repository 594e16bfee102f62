import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Merchandising

/// The prices that staff have approved, which what vendors write is held against.
@Suite struct ApprovedPriceTests {
    private static let variants = JSONValue.array([
        .object(["sku": .string("S"), "price": .string("20.00")]),
        .object(["sku": .string("M"), "price_adjustment": .string("-1.00")]),
    ])

    @Test(arguments: Backend.available)
    func `what staff write of an approved product is approved`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let made = try await shop.product("Mug", sku: "MUG", in: category, ["variants": Self.variants])
            try #require(made.status == 201, "\(made.json)")
            #expect(try await shop.approved() == ["MUG": 1_000, "S": 2_000, "M": 900])
            let path = "/api/products/mug/"
            try await shop.change(path, ["price": .string("30.00")])
            #expect(try await shop.approved() == ["MUG": 2_900, "S": 2_000, "M": 2_900])
            let small = made["variants"]?.elements.first?.int("id") ?? 0
            try await shop.change(path + "variants/\(small)/", ["price": .string("70.00")])
            #expect(try await shop.approved() == ["MUG": 2_900, "S": 7_000, "M": 2_900])
            let added = try await shop.call(
                .post, path + "variants/", .object(["sku": .string("L"), "price_adjustment": .string("5.00")]))
            #expect(added.status == 201)
            #expect(try await shop.approved() == ["MUG": 2_900, "S": 7_000, "M": 2_900, "L": 3_500])
        }
    }

    @Test(arguments: Backend.available)
    func `what waits is approved with the product, and not by what is written before`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let waiting: [String: JSONValue] = ["variants": Self.variants, "approval_status": .string("pending")]
            let made = try await shop.product("Mug", sku: "MUG", in: category, waiting)
            try #require(made.status == 201, "\(made.json)")
            let path = "/api/products/mug/"
            try await shop.change(path, ["price": .string("5.00")])
            let small = made["variants"]?.elements.first?.int("id") ?? 0
            try await shop.change(path + "variants/\(small)/", ["price": .string("6.00")])
            #expect(try await shop.approved() == ["MUG": nil, "S": nil, "M": nil])
            try await shop.change(path, ["approval_status": .string("approved")])
            #expect(try await shop.approved() == ["MUG": 600, "S": 600, "M": 400])
            _ = try await shop.database.write { try $0.execute("UPDATE products SET price = 700, price_low = 700") }
            try await shop.change(path, ["description": .string("x")])
            #expect(try await shop.approved() == ["MUG": 600, "S": 600, "M": 400], "nobody looked at prices")
        }
    }

    @Test(arguments: Backend.available)
    func `prices of a file are staff's`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            _ = try await shop.category("All")
            let head = "sku,parent_sku,name,category,price,price_adjustment,options\n"
            try await shop.bring(head + "MUG,,Mug,all,10.00,,\nS,MUG,,,20.00,,\nM,MUG,,,,-1.00,Size=M\n")
            #expect(try await shop.approved() == ["MUG": 1_000, "S": 2_000, "M": 900])
            try await shop.bring("sku,parent_sku,price,price_adjustment\nMUG,,30.00,\nS,MUG,70.00,\n")
            #expect(try await shop.approved() == ["MUG": 2_900, "S": 7_000, "M": 2_900])
        }
    }
}

extension CatalogFixture {
    /// Returns the approved prices of what is for sale, by SKU.
    fileprivate func approved() async throws -> [String: Int?] {
        let rows = try await database.read { connection -> [(String, Int?)] in
            try connection.tuples(
                """
                SELECT sku, approved_price FROM products WHERE deleted_at IS NULL
                UNION ALL SELECT sku, approved_price FROM product_variants WHERE deleted_at IS NULL
                """)
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    fileprivate func change(_ target: String, _ fields: [String: JSONValue]) async throws {
        let answer = try await call(.patch, target, .object(fields))
        try #require(answer.status == 200, "\(answer.json)")
    }

    /// Imports a file of products, of which no row fails.
    fileprivate func bring(_ file: String) async throws {
        let begun = try await imports.receive(
            .products, fileName: "a.csv", bytes: Array(file.utf8), isDryRun: false, by: nil)
        try await drainJobs()
        let shown = try await call(.get, "/api/admin/products/imports/\(begun.id)/")
        try #require(shown.json.text("status") == "finished" && shown.json.int("failed_count") == 0, "\(shown.json)")
    }
}
