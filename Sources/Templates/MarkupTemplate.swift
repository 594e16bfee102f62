import Mustache
import Primitives

/// The content type HTML of all templates. The library's own escapes by `Character` and so lets a `<` pass that a
/// combining mark follows.
private struct MarkupText: MustacheContentType {
    static let isRegistered: Void = MustacheContentTypes.register(MarkupText(), named: "HTML")

    func escapeText(_ text: String) -> String { text.escapedForHTML }
}

extension MustacheTemplate {
    /// Parses a template whose variables are written as they are.
    ///
    /// - Throws: the parser's error.
    public init(plain text: String) throws {
        try self.init(string: "{{% CONTENT_TYPE:TEXT}}" + text)
    }

    /// Parses a template of HTML: variables are escaped by scalars, so that none of them can hold markup.
    ///
    /// - Throws: the parser's error.
    public init(markup text: String) throws {
        _ = MarkupText.isRegistered
        try self.init(string: "{{% CONTENT_TYPE:HTML}}" + text)
    }
}

extension JSONValue {
    /// This value as Mustache walks it: members, arrays, strings and Booleans.
    public var mustacheValue: Any {
        switch self {
        case .null: String?.none as Any
        case .bool(let value): value
        case .number(let text): text
        case .string(let text): text
        case .array(let elements): elements.map(\.mustacheValue)
        case .object(let members): members.filter { $0.value != .null }.mapValues(\.mustacheValue)
        }
    }
}
