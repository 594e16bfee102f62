import Primitives

/// What a server answered to an `HTTPProbe`.
public struct ProbeResponse: Sendable {
    /// The HTTP status code.
    public let status: Int
    /// In the order they came.
    public let headers: [(name: String, value: String)]
    /// The bytes as sent, compressed where the server compressed them.
    public let body: [UInt8]

    /// Returns the first header of that name, in any case of letters.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as UTF-8; bytes that are none become U+FFFD.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; `.null` where it is none.
    public var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

    /// Returns a member of the body's object.
    public subscript(_ key: String) -> JSONValue? { json[key] }
}

extension JSONValue {
    /// Returns the element at `index` where this is an array that has it.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The characters of a string; nil for any other value.
    public var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The value of a whole number; nil for any other value.
    public var number: Int? { if case .number(let text) = self { Int(text) } else { nil } }

    /// The value of `true` or `false`; nil for any other value.
    public var truth: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The elements of an array; empty for any other value.
    public var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// The members of an object; empty for any other value.
    public var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
}
