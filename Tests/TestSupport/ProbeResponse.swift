import Primitives

/// What a server answered to an `HTTPProbe`.
public struct ProbeResponse: Sendable {
    public let status: Int
    /// In the order they came.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    /// The first header of that name, in any case of letters.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; `.null` where it is none.
    public var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

    /// A member of the body's object.
    public subscript(_ key: String) -> JSONValue? { json[key] }
}

extension JSONValue {
    /// The element at `index` where this is an array that has it.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    public var text: String? { if case .string(let text) = self { text } else { nil } }

    public var number: Int? { if case .number(let text) = self { Int(text) } else { nil } }

    public var truth: Bool? { if case .bool(let value) = self { value } else { nil } }

    public var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    public var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
}
