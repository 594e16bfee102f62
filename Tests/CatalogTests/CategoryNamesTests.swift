import Catalog
import Commerce
import Primitives
import SQL
import Schema
import TestSupport
import Testing

@testable import Merchandising

/// What the rows of one step know of categories.
@Suite struct CategoryNamesTests {
    private struct Undone: Error {}

    @Test(arguments: Backend.available)
    func `the categories of a step are read once, and those that its rows make are known`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let categories = CategoryService(time: .machine)
            let meter = StatementMeter(isRecording: true)
            let ids = try await StatementMeter.$current.withValue(meter) {
                try await database.write { tx in
                    let names = CategoryNames()
                    return try (0..<25).map { number in
                        let made = try names.make("Clothing > Shirts \(number % 5)", categories, in: tx)
                        #expect(try names.find("clothing > shirts \(number % 5)", column: "category", tx) == made)
                        return made
                    }
                }
            }
            #expect(Set(ids).count == 5)
            let readings = meter.queries.count { $0.text.hasPrefix("SELECT") && $0.text.hasSuffix("FROM categories") }
            #expect(readings == 1)
            #expect(try await database.read { try CategoryQueries.all($0).count } == 6)
        }
    }

    @Test(arguments: Backend.available)
    func `what a row made and was undone is not known`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let categories = CategoryService(time: .machine)
            try await database.write { tx in
                let names = CategoryNames()
                _ = try names.make("Clothing", categories, in: tx)
                do {
                    try tx.savepoint { tx in
                        _ = try names.make("Clothing > Shirts", categories, in: tx)
                        throw Undone()
                    }
                } catch is Undone { names.undo() }
                #expect(throws: ValidationError.self) { try names.find("Shirts", column: "category", tx) }
                _ = try names.find("Clothing", column: "category", tx)
            }
        }
    }
}
