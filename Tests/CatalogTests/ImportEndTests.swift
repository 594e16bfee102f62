import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@testable import Merchandising

/// Imports that end before their last row.
@Suite(.timeLimit(.minutes(10)))
struct ImportEndTests {
    @Test(arguments: Backend.available)
    func `a newer import ends an older one of its table, whose rows never come back`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            _ = try await shop.category("All")
            let older = try await shop.receive("5.00")
            _ = try await shop.database.write { [imports = shop.imports] in try imports.step(older.id, in: $0) }
            let trial = try await shop.receive("6.00", isDryRun: true)
            #expect(try await shop.status(older.id) == .running)
            let newer = try await shop.receive("7.00")
            #expect(try await shop.status(older.id) == .replaced)
            #expect(try await shop.status(trial.id) == .replaced)
            try await shop.drainJobs()
            #expect(try await shop.status(newer.id) == .finished)
            let prices = try await shop.database.read {
                try $0.column("SELECT DISTINCT price FROM products", as: Int.self)
            }
            #expect(prices == [700])
        }
    }

    @Test(arguments: Backend.available)
    func `an import that is discarded keeps what is in and takes no more`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            _ = try await shop.category("All")
            let begun = try await shop.receive("5.00")
            _ = try await shop.database.write { [imports = shop.imports] in try imports.step(begun.id, in: $0) }
            let path = "/api/admin/products/imports/\(begun.id)/"
            #expect(try await shop.call(.delete, path).status == 204)
            try await shop.drainJobs()
            let shown = try await shop.call(.get, path)
            #expect(shown.json.text("status") == "discarded" && shown.json.int("done_count") == ImportStep.rows)
            let count = try await shop.database.read { try $0.value("SELECT COUNT(*) FROM products", as: Int.self) }
            #expect(count == ImportStep.rows)
            let again = try await shop.call(.delete, path)
            #expect(again.status == 409 && again.json.text("code") == "import_ended")
            #expect(try await shop.call(.delete, "/api/admin/stock/imports/\(begun.id)/").status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `an import that meets what nobody foresaw has failed and says why`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            _ = try await shop.category("All")
            let begun = try await shop.receive("5.00")
            _ = try await shop.database.write {
                try $0.execute("UPDATE import_rows SET cells = 'no list' WHERE number = 30")
            }
            try await shop.drainJobs()
            let shown = try await shop.call(.get, "/api/admin/products/imports/\(begun.id)/")
            #expect(shown.json.text("status") == "failed" && !shown.json.text("error").isEmpty, "\(shown.json)")
            #expect(shown.json.int("done_count") == ImportStep.rows)
            #expect(try await JobQueue(shop.database).counts().dead == 0)
        }
    }
}

extension CatalogFixture {
    fileprivate func receive(_ price: String, isDryRun: Bool = false) async throws -> SheetImport {
        var text = "sku,name,category,price\n"
        for number in 0..<60 { text += "P-\(number),Product,all,\(price)\n" }
        return try await imports.receive(
            .products, fileName: "a.csv", bytes: Array(text.utf8), isDryRun: isDryRun, by: nil)
    }

    fileprivate func status(_ id: ImportID) async throws -> ImportStatus? {
        try await database.read { try ImportQueries.find(id, $0)?.status }
    }
}
