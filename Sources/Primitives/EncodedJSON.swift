/// A value in its JSON form: encoded once, written into any number of answers.
public struct EncodedJSON<Value: Codable & Sendable>: Codable, Sendable {
    /// The JSON of the value, UTF-8.
    public let bytes: [UInt8]

    /// - Throws: what `JSONBytes.encode` throws.
    public init(_ value: Value) throws {
        bytes = try JSONBytes.encode(value)
    }

    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(Value.self))
    }

    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? JSONBytesEncoder {
            encoder.sink.write(encoded: bytes)
        } else {
            try JSONValue(parsing: bytes).encode(to: encoder)
        }
    }
}
