import Primitives
import TestSupport
import Testing
import Web

@testable import KontorApp

/// The document of a whole shop. That answers are as it says is held in every test by `DocumentedShop`.
@Suite struct DocumentTests {
    private static func document() async throws -> JSONValue {
        try await withShop(.sqlite) { try JSONValue(parsing: $0.shop.server.document) }
    }

    @Test func `every answer of the shop is described`() async throws {
        let text = try await withShop(.sqlite) { String(decoding: $0.shop.server.document, as: UTF8.self) }
        #expect(!text.contains("x-undescribed"))
    }

    @Test func `each tag stands once and is used`() async throws {
        let document = try await Self.document()
        let tags = document["tags"]?.elements ?? []
        let names = tags.compactMap { $0["name"]?.text }
        #expect(Set(names).count == names.count)
        let used = (document["paths"]?.members ?? [:]).values.flatMap(\.members.values)
            .flatMap { $0["tags"]?.elements ?? [] }.compactMap(\.text)
        #expect(Set(used) == Set(names))
    }

    @Test func `operations have names of their own`() async throws {
        let names = try await Self.document()["paths"]?.members.values.flatMap(\.members.values)
            .compactMap { $0["operationId"]?.text }
        #expect(Set(names ?? []).count == names?.count)
    }
}
