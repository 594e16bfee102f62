import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing

/// Two hundred searches over one catalog, which every database must answer alike and right.
@Suite struct SearchTableTests {
    @Test(arguments: Backend.available)
    func `two hundred searches find the same on every database, in the same order`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            for (index, text) in SearchTableGoods.goods.enumerated() {
                let parts = text.split(separator: "|").map(String.init)
                let more: [String: JSONValue] = ["description": .string(parts[1])]
                let answer = try await shop.product(parts[0], sku: "KX-\(1_000 + index)/Z", in: category, more)
                try #require(answer.status == 201, "\(text)")
            }
            #expect(SearchTable.rows.count >= 200)
            for (search, names) in SearchTable.rows {
                let found = try await shop.names("page_size=100&search=" + Self.encoded(search))
                #expect(found == names, "\(search)")
            }
        }
    }

    /// Percent-encodes each byte of a text.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        return text.utf8.map { "%\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    }
}
