import AppHarness
import Commerce
import HTTPTypes
import Media
import Primitives
import SQL
import TestSupport
import Testing

/// Which changes of the catalog put it out of date, and which leave it: one row a call, one step a transaction.
@Suite struct CatalogRevisionTableTests {
    /// A change of the catalog, which staff make, with what it answers and by how much it moves the revision.
    private static let desk: [RevisionCall] = [
        RevisionCall(.post, "/api/categories/", #"{"name": "Lamps"}"#, answers: 201, moves: 1, as: "lamps"),
        RevisionCall(.post, "/api/categories/", #"{"name": ""}"#, answers: 400, moves: 0),
        RevisionCall(
            .post, "/api/categories/", #"{"name": "Odd", "parent": "no-such-category"}"#, answers: 400, moves: 0),
        RevisionCall(.patch, "/api/categories/{lamps}/", #"{"description": "They shine."}"#, answers: 200, moves: 1),
        RevisionCall(
            .post, "/api/products/",
            #"{"name": "Lamp", "sku": "L", "price": "10.00", "category": {lamps}, "stock_quantity": 4}"#, answers: 201,
            moves: 1,
            as: "lamp"),
        RevisionCall(
            .post, "/api/products/",
            """
            {"name": "Desk lamp", "sku": "D", "price": "10.00", "category": {lamps}, "variants": [
            {"sku": "D-S", "options": [{"type": "size", "value": "S"}], "stock_quantity": 3},
            {"sku": "D-L", "options": [{"type": "size", "value": "L"}], "stock_quantity": 5}]}
            """, answers: 201, moves: 1, as: "desk"),
        RevisionCall(
            .post, "/api/products/", #"{"name": "Lamp", "sku": "L", "price": "10.00", "category": {lamps}}"#,
            answers: 400,
            moves: 0),
        RevisionCall(.patch, "/api/products/{lamp}/", #"{"price": "12.00"}"#, answers: 200, moves: 1),
        RevisionCall(.patch, "/api/products/{lamp}/", #"{"price": "-1.00"}"#, answers: 400, moves: 0),
        RevisionCall(
            .post, "/api/products/{lamp}/variants/",
            #"{"sku": "L-S", "options": [{"type": "size", "value": "S"}], "stock_quantity": 2}"#, answers: 201,
            moves: 1,
            as: "small"),
        RevisionCall(
            .post, "/api/products/{lamp}/variants/", #"{"sku": "L-X", "options": [{"type": "size", "value": "S"}]}"#,
            answers: 400, moves: 0),
        RevisionCall(.patch, "/api/products/{lamp}/variants/{small}/", #"{"price": "9.00"}"#, answers: 200, moves: 1),
        RevisionCall(.delete, "/api/products/{lamp}/variants/{small}/", answers: 204, moves: 1),
        RevisionCall(.delete, "/api/products/{lamp}/variants/{small}/", answers: 404, moves: 0),
        RevisionCall(.get, "/api/products/", answers: 200, moves: 0),
        RevisionCall(.get, "/api/products/{lamp}/", answers: 200, moves: 0),
        RevisionCall(.get, "/api/products/{lamp}/price-history/", answers: 200, moves: 0),
        RevisionCall(.get, "/api/products/?search=lamp&facets=1", answers: 200, moves: 0),
        RevisionCall(.delete, "/api/categories/{lamps}/", answers: 409, moves: 0),
        RevisionCall(.delete, "/api/products/{lamp}/", answers: 204, moves: 1),
        RevisionCall(.delete, "/api/products/{lamp}/", answers: 404, moves: 0),
        RevisionCall(.delete, "/api/products/{desk}/", answers: 204, moves: 1),
        RevisionCall(.delete, "/api/categories/{lamps}/", answers: 204, moves: 1),
        RevisionCall(.delete, "/api/categories/{lamps}/", answers: 404, moves: 0),
    ]

    @Test(arguments: Backend.available)
    func `each change of the catalog puts it out of date once, and a refused one does not`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            var ids: [String: Int64] = [:]
            for (index, row) in Self.desk.enumerated() {
                let (path, text) = row.filled(ids)
                let body: JSONValue? = try text.isEmpty ? nil : JSONValue(parsing: Array(text.utf8))
                let before = try await shop.database.read { try RevisionQueries.current($0) }
                let answer = try await shop.call(row.method, path, body)
                let after = try await shop.database.read { try RevisionQueries.current($0) }
                let place = "\(index): \(row.method) \(path) \(text): \(answer.json)"
                try #require(answer.status == row.status, "\(place)")
                #expect(after - before == row.moves, "\(place)")
                if !row.name.isEmpty { ids[row.name] = Int64(answer.json.int("id")) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an edit of another version and a picture that is none leave the catalog as it is`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let product = try await shop.product("Lamp", sku: "L", in: category)
            try #require(product.status == 201)
            func revision() async throws -> Int {
                try await shop.database.read { try RevisionQueries.current($0) }
            }
            let before = try await revision()
            let change: JSONValue = .object(["price": .string("11.00")])
            let late = try await shop.call(.patch, "/api/products/lamp/", change, ifMatch: "\"999\"")
            #expect(late.status == 412, "\(late.json)")
            let odd = try await shop.upload("/api/products/lamp/images/", Array("GIF89a".utf8))
            #expect(odd.status == 400, "\(odd.json)")
            #expect(try await revision() == before)
            let rgb = Array(repeating: UInt8(90), count: 20 * 10 * 3)
            let kept = try await shop.upload(
                "/api/products/lamp/images/", try ImageCodec.encodePNG(rgb: rgb, width: 20, height: 10))
            #expect(kept.status == 201 && kept.json.int("id") > 0, "\(kept.json)")
            #expect(try await revision() == before + 1)
            let path = "/api/products/lamp/images/\(kept.json.int("id"))/"
            let named = try await shop.call(.patch, path, .object(["alt_text": .string("A lamp")]))
            #expect(named.status == 200, "\(named.json)")
            #expect(try await revision() == before + 2)
            #expect(try await shop.call(.delete, path).status == 204)
            #expect(try await revision() == before + 3)
        }
    }

    private struct BrokenOff: Error {}

    @Test(arguments: Backend.available)
    func `a transaction says it as often as it likes and moves the revision once, or never where it breaks off`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            let before = try await shop.database.read { try RevisionQueries.current($0) }
            try await shop.database.write { tx in
                for _ in 0..<5 { tx.catalogChanged() }
            }
            await #expect(throws: BrokenOff.self) {
                try await shop.database.write { (tx: Transaction) throws -> Void in
                    tx.catalogChanged()
                    throw BrokenOff()
                }
            }
            try await shop.database.write { tx in
                _ = try tx.value("SELECT COUNT(*) FROM products", as: Int.self)
            }
            let after = try await shop.database.read { try RevisionQueries.current($0) }
            #expect(after == before + 1)
        }
    }
}
