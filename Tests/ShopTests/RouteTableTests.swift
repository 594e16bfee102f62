import KontorApp
import Primitives
import TestSupport
import Testing

@testable import Web

/// `kontor routes`.
@Suite struct RouteTableTests {
    @Test func `the command prints every endpoint of the document once, with who may and where it stands`() async throws
    {
        try await withTemporaryFolder { folder in
            let printed = try await ShopProcess.run(["routes", "--json"], over: "sqlite", data: folder)
            let routes = try JSONValue(parsing: Array(printed.utf8)).elements
            let words = try await ShopProcess.run(["routes"], over: "sqlite", data: folder)
            let lines = words.split(separator: "\n")
            #expect(lines.count == routes.count && routes.count > 190)
            try await withShop(.sqlite) { stand in
                let document = try JSONValue(parsing: stand.shop.server.document)
                let operations = document["paths"]?.members.values.map(\.members.count).reduce(0, +)
                // Pages for people are no part of the API's document.
                let pages = routes.count { $0["tag"]?.text == "Admin" }
                #expect(operations == routes.count - pages && pages > 20)
            }
            let placing = try #require(
                routes.first { $0["method"]?.text == "POST" && $0["path"]?.text == "/api/orders/" })
            #expect(placing["access"]?.text == "anyone, known by a token")
            #expect(placing["tag"]?.text == "Checkout" && placing["file"]?.text == "Checkout/CheckoutRoutes.swift")
            let warehouses = routes.filter { $0["path"]?.text == "/api/inventory/warehouses/" }
            #expect(warehouses.allSatisfy { $0["file"]?.text == "Inventory/InventoryRoutes.swift" })
            let files = lines.compactMap { line in line.split(separator: " ").last.map { line.dropLast($0.count).count }
            }
            #expect(Set(files).count == 1, "the columns are aligned")
        }
    }
}
