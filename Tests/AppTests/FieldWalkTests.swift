import Foundation
import Testing

/// The walk "Add a field to products" of `ARCHITECTURE.md`, held against the sources.
@Suite struct FieldWalkTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Where a tax class is a product's: elsewhere it is that of a rate, a method or a line of an order.
    private static let rooms = ["Catalog", "Merchandising", "Storefront"]

    @Test func `the walk names every file that one field of products stands in, and no other`() throws {
        let page = try String(contentsOf: Self.root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        let start = try #require(page.range(of: "**Add a field to products.**"))
        let end = try #require(page.range(of: "**Add an app.**"))
        let parts = page[start.upperBound..<end.lowerBound].split(separator: "`").map(String.init)
        let walk = Set(parts.filter { $0.hasSuffix(".swift") && $0.contains("/") })
        #expect(walk == Set(try Self.rooms.flatMap(Self.files)))
        #expect(parts.contains("Schema"))
    }

    /// Returns the files of a room that name the field, by their paths below `Sources`.
    private static func files(of room: String) throws -> [String] {
        let folder = root.appending(path: "Sources/" + room)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try paths.filter { $0.hasSuffix(".swift") }.filter { path in
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            return text.contains("tax_class") || text.contains("taxClass")
        }.map { room + "/" + $0 }
    }
}
