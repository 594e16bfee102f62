/// A value in its JSON form: encoded once, written into any number of responses.
public struct EncodedJSON<Value: Codable & Sendable>: Codable, Sendable {
    /// The JSON of the value, UTF-8.
    public let bytes: [UInt8]

    /// Encodes `value`.
    ///
    /// - Throws: what `JSONBytes.encode` throws.
    public init(_ value: Value) throws {
        bytes = try JSONBytes.encode(value)
    }

    /// Decodes a `Value` and encodes it again.
    ///
    /// - Throws: `DecodingError`, and what `JSONBytes.encode` throws.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(Value.self))
    }

    /// Writes the bytes as they are into `JSONBytes`; for another encoder they are parsed first.
    ///
    /// - Throws: `JSONSyntaxError`, `EncodingError`; never into `JSONBytes`.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? JSONBytesEncoder {
            encoder.sink.write(encoded: bytes)
        } else {
            try JSONValue(parsing: bytes).encode(to: encoder)
        }
    }
}
