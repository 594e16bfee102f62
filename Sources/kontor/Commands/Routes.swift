import ArgumentParser
import KontorApp
import Primitives
import SQL
import Web

/// Prints the endpoints of the shop.
struct Routes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the endpoints of the API: method, path, who may, tag, file.")

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let installation = try await Installation.open(.inMemory())
        let table = try await Shop(installation).server.routes
        print(json ? String(decoding: try JSONBytes.encode(table.routes), as: UTF8.self) : table.text)
        await installation.database.close()
    }
}
