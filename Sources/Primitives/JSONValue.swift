/// A JSON value (RFC 8259). Numbers keep their text, so that `19.99` never passes through floating point.
public enum JSONValue: Sendable, Hashable {
    /// JSON's `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number as its text, so that no digit is lost.
    case number(String)
    /// A string, its escapes resolved.
    case string(String)
    /// The elements, in order.
    case array([JSONValue])
    /// The members by name; their order is not kept.
    case object([String: JSONValue])

    /// Parses a whole document.
    ///
    /// - Throws: `JSONSyntaxError` with the offset of the first byte that does not fit.
    public init(parsing bytes: some Collection<UInt8>) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }

    /// Returns the member named `key` where this is an object that has one.
    public subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }
}

/// The place and the reason where a text is not JSON.
public struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    /// A few English words, mostly those of Python's `json`: `Expecting ',' delimiter`.
    public let message: String
    /// The offset of the offending byte, from 0.
    public let offset: Int

    /// The message with its offset.
    public var description: String { "\(message) at byte \(offset)" }
}
