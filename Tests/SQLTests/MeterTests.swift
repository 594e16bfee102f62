import SQL
import TestSupport
import Testing

@Suite struct MeterTests {
    @Test(arguments: Backend.available)
    func `the meter counts the statements of its own task through each door`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let meter = StatementMeter()
            try await StatementMeter.$current.withValue(meter) {
                _ = try await database.read(Fixture.emails)
                #expect(meter.statements == 1)
                _ = try await database.report { (try Fixture.emails($0), try Fixture.emails($0)) }
                #expect(meter.statements == 3)
                try await database.write { _ = try Fixture.addUser("a", $0) }
                #expect(meter.statements == 4)
            }
            _ = try await database.read(Fixture.emails)
            #expect(meter.statements == 4)
        }
    }
}
