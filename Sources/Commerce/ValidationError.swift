import Primitives

/// Input that was refused, field by field, in the shape of Django REST Framework: `{"field": ["message"]}`.
public struct ValidationError: Error, Sendable, Equatable {
    /// The messages by field; the body of the answer.
    public let errors: FieldErrors

    /// Refuses with these messages.
    public init(_ errors: FieldErrors) {
        self.errors = errors
    }

    /// Refuses one field with one message; `field` is the name in the request's JSON.
    public init(_ field: String, _ message: String) {
        self.errors = .members([field: .messages([message])])
    }

    /// Returns the same refusal inside of the object `name`; unchanged where that is nil.
    public func within(_ name: String?) -> ValidationError {
        name.map { ValidationError(.members([$0: errors])) } ?? self
    }

    /// Returns a refusal of the input as a whole, under Django REST Framework's `non_field_errors`.
    public static func whole(_ message: String) -> ValidationError { ValidationError("non_field_errors", message) }
}

/// Messages on a value, on the members of an object, or on the elements of a list.
public indirect enum FieldErrors: Sendable, Equatable {
    /// Sentences on one value.
    case messages([String])
    /// Messages by the member's name in the JSON.
    case members([String: FieldErrors])
    /// One entry per element; empty members where an element is valid.
    case elements([FieldErrors])

    /// Whether there is no message anywhere inside.
    public var isEmpty: Bool {
        switch self {
        case .messages(let messages): messages.isEmpty
        case .members(let members): members.isEmpty
        case .elements(let elements): elements.allSatisfy(\.isEmpty)
        }
    }

    /// The shape of the answer's body.
    public var json: JSONValue {
        switch self {
        case .messages(let messages): .array(messages.map { .string($0) })
        case .members(let members): .object(members.mapValues(\.json))
        case .elements(let elements): .array(elements.map(\.json))
        }
    }
}

extension ValidationError: CustomStringConvertible {
    /// One line for people: `email: Enter a valid email address.; items.0.quantity: A valid integer is required.`
    public var description: String { errors.lines(at: "").joined(separator: "; ") }
}

extension FieldErrors {
    fileprivate func lines(at path: String) -> [String] {
        func step(_ name: String) -> String {
            name == "non_field_errors" ? path : path.isEmpty ? name : path + "." + name
        }
        return switch self {
        case .messages(let messages): messages.map { path.isEmpty ? $0 : "\(path): \($0)" }
        case .members(let members):
            members.sorted { $0.key < $1.key }.flatMap { $0.value.lines(at: step($0.key)) }
        case .elements(let elements): elements.enumerated().flatMap { $0.element.lines(at: step(String($0.offset))) }
        }
    }
}
