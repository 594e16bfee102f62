import Glibc
import MySQLDriver
import SQL
import TestSupport
import Testing

/// A server that takes connections and says nothing more, as one whose disk hangs.
@Suite struct MySQLSilenceTests {
    private static func opened(_ server: MySQLOwnServer, _ lines: LogLines = LogLines()) -> MySQLDatabase {
        var configuration = MySQLConfiguration(port: server.port, database: "mysql")
        configuration.networkTimeout = 2
        configuration.probeTimeout = 1
        return MySQLDatabase(configuration: configuration, logger: lines.logger)
    }

    private static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    @Test func `requests wait for fifteen seconds, a look whether it answers for two, reports for ten minutes`() {
        let configuration = MySQLConfiguration()
        #expect(configuration.networkTimeout == 15 && configuration.probeTimeout == 2)
        #expect(configuration.longTimeout == 600)
    }

    @Test(arguments: mysqlOnly)
    func `a server that falls silent is given up in time, told of once, and back at once`(_: Backend) async throws {
        try await MySQLOwnServer.run { server in
            let lines = LogLines()
            let database = Self.opened(server, lines)
            try await database.read { _ = try $0.rows("SELECT 1") }
            try await server.stop()
            let took = await Self.seconds {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<60 {
                        group.addTask {
                            let error = await sqlError { try await database.read { _ = try $0.rows("SELECT 1") } }
                            #expect(error?.kind == .unavailable)
                        }
                    }
                }
            }
            #expect(took < 9, "\(took) s")
            let probed = await Self.seconds {
                let error = await sqlError { try await database.probe { _ = try $0.rows("SELECT 1") } }
                #expect(error != nil)
            }
            #expect(probed < 1.8, "\(probed) s")
            try server.send(SIGCONT)
            try await poll("the server") { (try? await database.read { _ = try $0.rows("SELECT 1") }) != nil }
            #expect(lines.messages.filter { $0 == "the database does not answer" }.count == 1)
            #expect(lines.messages.filter { $0 == "the database answers again" }.count == 1)
            await database.close()
        }
    }

    @Test(arguments: mysqlOnly)
    func `what migrations and reports do may take longer than a request`(_: Backend) async throws {
        try await MySQLOwnServer.run { server in
            let database = Self.opened(server)
            let sleep: Query = "SELECT SLEEP(3)"
            let maintained = try await database.maintain { try $0.value(sleep, as: Int.self) }
            let reported = try await database.report { try $0.value(sleep, as: Int.self) }
            #expect(maintained == 0 && reported == 0)
            let error = await sqlError { try await database.write { _ = try $0.rows(sleep) } }
            #expect(error?.kind == .unavailable)
            await database.close()
        }
    }
}
