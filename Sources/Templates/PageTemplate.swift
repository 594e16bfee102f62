/// A template of HTML, parsed: the part of Mustache (mustache.5) that pages are written in. There are variables, which are always
/// escaped, sections and inverted sections, partials, partials by the name that a value has (`{{>*name}}`), and parents with blocks.
/// There are no lambdas, no other delimiters, and nothing that is not escaped.
///
/// `swift-mustache`, which mails are rendered with, took more than half of the time of a list's page: for each tag it asks of each
/// object around what protocols it has. `PageTemplateTests` hold that both make the same of every page.
public struct PageTemplate: Sendable {
    indirect enum Node: Sendable {
        case text([UInt8])
        case variable(Path)
        case section(Path, [Node])
        case inverted(Path, [Node])
        case partial(String)
        case partialNamed(by: Path)
        case parent(String, [String: [Node]])
        case block(String, [Node])
    }

    /// The names that lead to a value; none for the value that is nearest (`{{.}}`).
    typealias Path = [String]

    let nodes: [Node]

    /// Parses a template.
    ///
    /// - Throws: `PageTemplateError` where a tag is not closed, or is none that pages have.
    public init(_ text: String) throws(PageTemplateError) {
        var parser = PageTemplateParser(text)
        nodes = try parser.nodes(until: nil)
    }
}

/// What is wrong with a template.
public struct PageTemplateError: Error, CustomStringConvertible {
    /// The reason, in English.
    public let description: String
}
