import ArgumentParser
import KontorApp
import SQL
import Web

/// Prints the document of the API.
struct OpenAPI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi", abstract: "Print the OpenAPI 3.1 document of the API.")

    func run() async throws {
        let installation = try await Installation.open(.inMemory())
        let shop = try await Shop(installation)
        print(String(decoding: shop.server.document, as: UTF8.self))
        await installation.database.close()
    }
}
