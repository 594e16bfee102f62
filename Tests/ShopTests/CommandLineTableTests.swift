import Foundation
import KontorApp
import Primitives
import TestSupport
import Testing

/// Tables on the command line.
@Suite(.timeLimit(.minutes(12)))
struct CommandLineTableTests {
    @Test(arguments: Backend.available)
    func `orders and customers are printed, and another system's export is taken in`(_ backend: Backend) async throws {
        try await withDatabaseAddress(backend) { database in
            try await withTemporaryFolder { data in
                try await ShopProcess.run(
                    ["seed", "--products", "3", "--users", "2", "--orders", "4"], over: database, data: data)
                let orders = try await Self.rows(["export", "orders"], database, data)
                let lines = try await Self.rows(["export", "orders", "--lines"], database, data)
                #expect(orders.count == 5 && orders[0].first == "order_number" && lines[0].contains("line_sku"))
                #expect(lines.count >= 5 && lines[0].count > orders[0].count)
                let marked = try await ShopProcess.run(["export", "customers", "--bom"], over: database, data: data)
                #expect(marked.unicodeScalars.first == "\u{FEFF}")
                let customers = try await Self.rows(["export", "customers"], database, data)
                #expect(customers.count == 3 && customers[1].first == "user1@example.com")

                let file = data + "/magento.csv"
                let export = """
                    sku,attribute_set_code,product_type,name,price,categories,weight
                    BAG,Default,simple,Bag,34.0000,Default Category/Bags,1.2

                    """
                try export.write(toFile: file, atomically: true, encoding: .utf8)
                let said = try await ShopProcess.run(["import", "products", file], over: database, data: data)
                #expect(said.contains("1 created"), "\(said)")
                #expect(said.contains("Not taken over from Magento: attribute_set_code, weight."), "\(said)")
                await #expect(throws: ChildProcessError.self) {
                    try await ShopProcess.run(
                        ["import", "products", file, "--format", "shopify"], over: database, data: data)
                }
            }
        }
    }

    @Test func `a line of progress says what, how many, of how many`() {
        #expect(ProgressLine.text("products", 1_200, of: 10_000) == "products: 1200 of 10000 (12 %)")
        #expect(ProgressLine.text("orders", 7, of: nil) == "orders: 7")
        #expect(ProgressLine.text("users", 0, of: 0) == "users: 0")
    }

    /// Returns the cells of what a command prints.
    private static func rows(_ words: [String], _ database: String, _ data: String) async throws -> [[String]] {
        let said = try await ShopProcess.run(words, over: database, data: data)
        return try CSVReader.rows(Array(said.utf8)).map(\.cells)
    }
}
