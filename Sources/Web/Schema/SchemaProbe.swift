import Commerce
import Primitives
import Synchronization

extension JSONSchema {
    /// Returns the schema of the JSON that `type` decodes, read off its `init(from:)`; described once, then remembered.
    ///
    /// A type that decodes an object is described as a component of its own and given as a `$ref`, so that types which
    /// hold themselves come to an end. A type that cannot be described gives a schema with `x-undescribed`.
    public static func describing(_ type: any Decodable.Type) -> JSONSchema {
        SchemaRegistry.schema(of: type)
    }
}

/// The schemas of types made so far, and the components that they refer to.
enum SchemaRegistry {
    private struct Known {
        var schemas: [ObjectIdentifier: JSONSchema] = [:]
        var components: [String: JSONSchema] = [:]
    }

    static let refPrefix = "#/components/schemas/"
    private static let known = Mutex(Known())

    /// Returns the schema of the object type with the given full name.
    static func component(_ name: String) -> JSONSchema? { known.withLock { $0.components[name] } }

    static func schema(of type: any Decodable.Type) -> JSONSchema {
        let key = ObjectIdentifier(type)
        if let schema = known.withLock({ $0.schemas[key] }) { return schema }
        let session = SchemaSession()
        let schema = session.schema(of: type)
        known.withLock {
            $0.schemas[key] = schema
            $0.components.merge(session.components) { first, _ in first }
        }
        return schema
    }

    /// Returns a type's full name in the characters that a component's name may have:
    /// `Web.Page-Of-Catalog.ProductItem`.
    ///
    /// A value encoded before has its own type's name.
    static func name(of type: Any.Type) -> String {
        var name = ""
        var depth = 0
        for scalar in String(reflecting: type).unicodeScalars {
            switch scalar {
            case "(": depth += 1
            case ")": depth -= 1
            case _ where depth > 0: break
            case "<": name += "-Of-"
            case ",": name += "-And-"
            case "a"..."z", "A"..."Z", "0"..."9", "_": name.unicodeScalars.append(scalar)
            case "." where !name.ends(with: "."): name.unicodeScalars.append(scalar)
            default: break
            }
        }
        return name.without(encoded)
    }

    private static let encoded = "Primitives.EncodedJSON-Of-"
}

/// One walk over a type and those that it holds.
final class SchemaSession {
    private(set) var components: [String: JSONSchema] = [:]
    private var begun: Set<ObjectIdentifier> = []

    func schema(of type: any Decodable.Type) -> JSONSchema {
        if let leaf = LeafType.of(type) { return leaf.schema }
        if let container = type as? any ContainerType.Type { return container.schema(in: self) }
        let name = SchemaRegistry.name(of: type)
        let reference = JSONSchema(["$ref": .string(SchemaRegistry.refPrefix + name)])
        if !begun.insert(ObjectIdentifier(type)).inserted { return reference }
        let record = SchemaRecord(leavingOut: (type as? any PartialBody.Type)?.leftOut ?? [])
        do {
            _ = try type.init(from: ProbeDecoder(record: record, session: self))
        } catch {
            record.isComplete = record.isSingle
        }
        let schema = record.schema(of: name)
        guard record.isObject else { return schema }
        components[name] = schema
        return reference
    }

    /// Returns a value of `type`, made of nothing.
    ///
    /// - Throws: whatever the type's `init(from:)` throws over zeros and empty texts.
    func example<Value: Decodable>(of type: Value.Type) throws -> Value {
        if let value = LeafType.of(type)?.example as? Value { return value }
        if let value = (type as? any ContainerType.Type)?.emptyExample as? Value { return value }
        return try type.init(from: ProbeDecoder(record: SchemaRecord(), session: self))
    }
}

/// The requests that one `init(from:)` made of its decoder.
final class SchemaRecord {
    private enum Shape {
        case unknown
        case single(JSONSchema)
        case object
        case array(SchemaRecord?)
    }

    private var shape = Shape.unknown
    private var fields: [(name: String, schema: () -> JSONSchema, isNullable: Bool)] = []
    private let leftOut: Set<String>
    var isComplete = true

    /// A record whose members named in `leftOut` are optional on the wire.
    init(leavingOut leftOut: Set<String> = []) {
        self.leftOut = leftOut
    }

    var isObject: Bool { if case .object = shape { true } else { false } }
    var isSingle: Bool { if case .single = shape { true } else { false } }

    func becomeObject() { shape = .object }
    func becomeSingle(_ schema: JSONSchema) { shape = .single(schema) }
    func becomeArray(of element: SchemaRecord) { shape = .array(element) }

    func add(_ name: String, isNullable: Bool = false, _ schema: @escaping @autoclosure () -> JSONSchema) {
        fields.append((name, schema, isNullable))
    }

    func schema(of name: String) -> JSONSchema {
        guard isComplete else { return JSONSchema(["x-undescribed": .string(name)]) }
        switch shape {
        case .unknown: return JSONSchema([:])
        case .single(let schema): return schema
        case .array(let element):
            return .type("array", ["items": element.map { $0.schema(of: name).json } ?? .object([:])])
        case .object:
            return .object(fields.map(field))
        }
    }

    private func field(_ name: String, _ schema: () -> JSONSchema, _ isNullable: Bool) -> FieldSchema {
        let isThere = !leftOut.contains(name)
        return FieldSchema(name: name, schema: schema(), isRequired: isThere, isNullable: isNullable && isThere)
    }
}
