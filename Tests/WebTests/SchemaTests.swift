import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

@Suite struct SchemaTests {
    private enum Color: String, WireEnum { case red, blue }

    private struct Tree: Codable, Sendable {
        let name: String
        let parent: Int?
        let subcategories: [Tree]
    }

    private struct Everything: Codable, Sendable {
        enum CodingKeys: String, CodingKey {
            case id, price, tree, tags, colors, extra
            case createdAt = "created_at"
            case bornOn = "born_on"
            case counts
        }

        let id: ProductID
        let price: Price
        let createdAt: Timestamp
        let bornOn: CivilDate?
        let tree: Tree
        let tags: [String]
        let colors: [Color]
        let extra: JSONValue
        let counts: [String: Int]
    }

    /// Checks what it decodes, as its `init(from:)` alone cannot tell a probe.
    private struct Even: Codable, Sendable {
        init(from decoder: any Decoder) throws {
            let number = try decoder.singleValueContainer().decode(Int.self)
            guard number > 10 else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "too small"))
            }
        }

        func encode(to encoder: any Encoder) throws {}
    }

    private struct HoldsEven: Codable, Sendable {
        let first: String
        let even: Even
    }

    private func component(_ type: any Decodable.Type) -> JSONValue? {
        guard case .string(let reference) = JSONSchema.describing(type).json["$ref"] else { return nil }
        return SchemaRegistry.component(String(reference.dropFirst(SchemaRegistry.refPrefix.count)))?.json
    }

    @Test func `the shop's own types are described by what they are on the wire`() throws {
        let schema = try #require(component(Everything.self))
        let properties = try #require(schema["properties"])
        #expect(properties["id"]?["type"] == .string("integer"))
        #expect(properties["price"]?["format"] == .string("decimal"))
        #expect(properties["created_at"]?["format"] == .string("date-time"))
        #expect(properties["born_on"]?["anyOf"]?[0]?["format"] == .string("date"))
        #expect(properties["born_on"]?["anyOf"]?[1]?["type"] == .string("null"))
        #expect(properties["tags"]?["items"]?["type"] == .string("string"))
        #expect(properties["colors"]?["items"]?["enum"] == .array([.string("red"), .string("blue")]))
        #expect(properties["extra"] == .object([:]))
        #expect(properties["counts"]?["additionalProperties"]?["type"] == .string("integer"))
        #expect(schema["required"]?.elements.count == 9)
    }

    @Test func `a type that holds itself comes to an end`() throws {
        let schema = try #require(component(Tree.self))
        let reference = JSONSchema.describing(Tree.self).json["$ref"]
        #expect(schema["properties"]?["subcategories"]?["items"]?["$ref"] == reference)
    }

    @Test func `a type that cannot be described says so`() throws {
        #expect(JSONSchema.describing(Even.self).json["type"] == .string("integer"))
        #expect(component(HoldsEven.self) != nil || JSONSchema.describing(HoldsEven.self).json["x-undescribed"] != nil)
        let endpoint = Endpoint(.get, "/x/", "X.", access: .anyone) { (_, _: NoInput) in Reply(Wrapped()) }
        let document = OpenAPIDocument([EndpointGroup("Test", [endpoint])], title: "T", version: "1", server: nil)
        #expect(document.undescribed.contains { $0.contains("HoldsEven") })
    }

    private struct Wrapped: ResponseBody {
        var inner: HoldsEven?
    }

    private struct Partial: PartialBody {
        static let leftOut: Set<String> = ["more"]
        let name: String?
        let more: String?
    }

    @Test func `a field that can be left out is not required, and one that can be null is nullable`() throws {
        let schema = try #require(component(Partial.self))
        #expect(schema["required"]?.elements == [.string("name")])
        #expect(schema["properties"]?["name"]?["anyOf"]?[1]?["type"] == .string("null"))
        #expect(schema["properties"]?["more"] == .object(["type": .string("string")]))
    }

    @Test func `a tag stands once, with what is said of it first`() throws {
        let endpoint = Endpoint(.get, "/x/", "X.", access: .anyone) { (_, _: NoInput) in Detail("x") }
        let groups = [
            EndpointGroup("A", [endpoint]), EndpointGroup("B", "Of b.", []), EndpointGroup("A", "Of a.", []),
            EndpointGroup("A", "More.", []),
        ]
        let tags = OpenAPIDocument(groups, title: "T", version: "1", server: nil).json["tags"]?.elements
        #expect(tags?.map { $0["name"] } == [.string("A"), .string("B")])
        #expect(tags?.map { $0["description"] } == [.string("Of a."), .string("Of b.")])
    }

    @Test(arguments: [
        ("warehouse", "A warehouse with this code already exists."),
        ("order", "An order with this code already exists."),
    ])
    func `what is taken is said in one form`(noun: String, message: String) {
        #expect(ValidationError.taken("code", by: noun) == ValidationError("code", message))
    }

    @Test func `lists and pages are described by their items`() throws {
        #expect(JSONSchema.describing([Tree].self).json["type"] == .string("array"))
        let page = try #require(component(Page<Tree>.self))
        #expect(page["properties"]?["results"]?["items"]?["$ref"] == JSONSchema.describing(Tree.self).json["$ref"])
        #expect(page["properties"]?["next"]?["anyOf"] != nil)
    }
}
