import Commerce
import Primitives

/// A type with a schema of its own and a value to stand for it while others are described.
struct LeafType {
    let schema: JSONSchema
    let example: Any

    /// Returns what is known of `type` without looking into its `init(from:)`.
    static func of(_ type: any Decodable.Type) -> LeafType? {
        if let scalar = scalars[ObjectIdentifier(type)] { return scalar }
        if let identifier = type as? any Identifier.Type {
            return LeafType(schema: .type("integer", ["format": .string("int64")]), example: identifier.init(1))
        }
        if let choices = type as? any WireEnum.Type { return choice(choices) }
        return nil
    }

    private static func choice<Choice: WireEnum>(_ type: Choice.Type) -> LeafType? {
        guard let first = type.allCases.first else { return nil }
        let names = type.allCases.map { JSONValue.string($0.rawValue) }
        return LeafType(schema: .type("string", ["enum": .array(names)]), example: first)
    }

    private static let integer = JSONSchema.type("integer", ["format": .string("int64")])

    private static var scalars: [ObjectIdentifier: LeafType] {
        [
            ObjectIdentifier(Bool.self): LeafType(schema: .type("boolean"), example: false),
            ObjectIdentifier(String.self): LeafType(schema: .type("string"), example: ""),
            ObjectIdentifier(Int.self): LeafType(schema: integer, example: 0),
            ObjectIdentifier(Int64.self): LeafType(schema: integer, example: Int64(0)),
            ObjectIdentifier(Int8.self): LeafType(schema: .type("integer"), example: Int8(0)),
            ObjectIdentifier(Int16.self): LeafType(schema: .type("integer"), example: Int16(0)),
            ObjectIdentifier(Int32.self): LeafType(schema: .type("integer"), example: Int32(0)),
            ObjectIdentifier(UInt.self): LeafType(schema: .type("integer"), example: UInt(0)),
            ObjectIdentifier(UInt8.self): LeafType(schema: .type("integer"), example: UInt8(0)),
            ObjectIdentifier(UInt16.self): LeafType(schema: .type("integer"), example: UInt16(0)),
            ObjectIdentifier(UInt32.self): LeafType(schema: .type("integer"), example: UInt32(0)),
            ObjectIdentifier(UInt64.self): LeafType(schema: .type("integer"), example: UInt64(0)),
            ObjectIdentifier(Double.self): LeafType(schema: .type("number"), example: 0.0),
            ObjectIdentifier(Float.self): LeafType(schema: .type("number"), example: Float(0)),
            ObjectIdentifier(Price.self): LeafType(schema: .money, example: Price(.zero, .usd)),
            ObjectIdentifier(JSONValue.self): LeafType(schema: JSONSchema([:]), example: JSONValue.null),
            ObjectIdentifier(Timestamp.self): LeafType(
                schema: .type("string", ["format": .string("date-time")]), example: Timestamp(seconds: 0)),
            ObjectIdentifier(CivilDate.self): LeafType(
                schema: .day, example: CivilDate(daysSinceEpoch: 0)),
        ]
    }
}

/// A type that holds others: described without a value of them.
protocol ContainerType {
    static func schema(in session: SchemaSession) -> JSONSchema
    static var emptyExample: Self { get }
}

extension Array: ContainerType where Element: Decodable {
    static func schema(in session: SchemaSession) -> JSONSchema {
        .type("array", ["items": session.schema(of: Element.self).json])
    }

    static var emptyExample: [Element] { [] }
}

extension Dictionary: ContainerType where Key: Decodable, Value: Decodable {
    static func schema(in session: SchemaSession) -> JSONSchema {
        .type("object", ["additionalProperties": session.schema(of: Value.self).json])
    }

    static var emptyExample: [Key: Value] { [:] }
}

extension Optional: ContainerType where Wrapped: Decodable {
    static func schema(in session: SchemaSession) -> JSONSchema { session.schema(of: Wrapped.self).nullable }

    static var emptyExample: Wrapped? { nil }
}
