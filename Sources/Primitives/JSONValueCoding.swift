extension JSONValue: Codable {
    /// Writes the value with sorted keys; into `JSONBytes` numbers keep their text.
    ///
    /// - Throws: what `encoder` throws.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .object(let members):
            var container = encoder.container(keyedBy: JSONName.self)
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                try container.encode(value, forKey: JSONName(key))
            }
        case .number(let text):
            try encode(number: text, to: encoder)
        default:
            var container = encoder.singleValueContainer()
            switch self {
            case .bool(let value): try container.encode(value)
            case .string(let text): try container.encode(text)
            default: try container.encodeNil()
            }
        }
    }

    private func encode(number text: String, to encoder: any Encoder) throws {
        if let own = encoder as? JSONBytesEncoder {
            own.sink.write(raw: text)
        } else {
            var container = encoder.singleValueContainer()
            if let whole = Int64(text) { try container.encode(whole) } else { try container.encode(Double(text)) }
        }
    }

    /// Reads any JSON value; numbers that are not whole pass through floating point here.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: JSONName.self) {
            self = .object(
                try Dictionary(
                    uniqueKeysWithValues: container.allKeys.map {
                        ($0.stringValue, try container.decode(JSONValue.self, forKey: $0))
                    }))
        } else if let elements = try? decoder.singleValueContainer().decode([JSONValue].self) {
            self = .array(elements)
        } else {
            self = try Self.scalar(decoder.singleValueContainer())
        }
    }

    private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
        if container.decodeNil() { return .null }
        if let value = try? container.decode(Bool.self) { return .bool(value) }
        if let value = try? container.decode(Int64.self) { return .number(String(value)) }
        if let value = try? container.decode(Double.self) { return .number(String(value)) }
        return .string(try container.decode(String.self))
    }
}

/// A key of an object whose keys are data.
struct JSONName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { self.stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
