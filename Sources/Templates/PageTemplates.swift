/// Templates that take in each other by their names.
public struct PageTemplates: Sendable {
    private let templates: [String: PageTemplate]

    /// Collects templates by their names.
    ///
    /// - Throws: `PageTemplateError` where one takes in another that is not there.
    public init(_ templates: [String: PageTemplate]) throws(PageTemplateError) {
        self.templates = templates
        for (name, template) in templates {
            for taken in Self.taken(by: template.nodes) where templates[taken] == nil {
                throw PageTemplateError(description: "\(name) takes in \(taken), which is not there")
            }
        }
    }

    /// Renders a template as UTF-8; nothing where there is none of that name. A name without a value writes nothing.
    public func render(_ name: String, _ value: PageValue) -> [UInt8] {
        var rendering = PageRendering(templates: templates, value)
        rendering.render(templates[name]?.nodes ?? [])
        return rendering.output
    }

    private static func taken(by nodes: [PageTemplate.Node]) -> [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .text, .variable, .partialNamed: []
            case .partial(let name): [name]
            case .section(_, let nodes), .inverted(_, let nodes), .block(_, let nodes): taken(by: nodes)
            case .parent(let name, let blocks): [name] + blocks.values.flatMap(taken)
            }
        }
    }
}

/// A page as it is written.
private struct PageRendering {
    let templates: [String: PageTemplate]
    /// What is around, the nearest last.
    private var around: [PageValue]
    /// What stands in place of blocks.
    private var blocks: [String: [PageTemplate.Node]] = [:]
    private(set) var output: [UInt8] = []

    init(templates: [String: PageTemplate], _ value: PageValue) {
        self.templates = templates
        around = [value]
        output.reserveCapacity(32 << 10)
    }

    mutating func render(_ nodes: [PageTemplate.Node]) {
        for node in nodes {
            switch node {
            case .text(let bytes): output += bytes
            case .variable(let path): write(find(path))
            case .section(let path, let inner): repeated(inner, find(path))
            case .inverted(let path, let inner): if isNothing(find(path)) { render(inner) }
            case .partial(let name): render(templates[name]?.nodes ?? [])
            case .partialNamed(let path):
                if case .text(let name) = find(path) { render(templates[name]?.nodes ?? []) }
            case .block(let name, let inner): render(blocks[name] ?? inner)
            case .parent(let name, let inner): render(templates[name]?.nodes ?? [], with: inner)
            }
        }
    }

    /// Renders a parent; what a page that has this one for a parent puts into a block counts more.
    private mutating func render(_ nodes: [PageTemplate.Node], with inner: [String: [PageTemplate.Node]]) {
        let outer = blocks
        blocks.merge(inner) { outer, _ in outer }
        render(nodes)
        blocks = outer
    }

    private mutating func repeated(_ nodes: [PageTemplate.Node], _ value: PageValue?) {
        switch value {
        case nil, .flag(false): break
        case .flag(true): render(nodes)
        case .list(let elements):
            for element in elements { render(nodes, around: element) }
        case .text, .object:
            if let value { render(nodes, around: value) }
        }
    }

    private mutating func render(_ nodes: [PageTemplate.Node], around value: PageValue) {
        around.append(value)
        render(nodes)
        around.removeLast()
    }

    private func isNothing(_ value: PageValue?) -> Bool {
        switch value {
        case nil, .flag(false): true
        case .list(let elements): elements.isEmpty
        case .flag(true), .text, .object: false
        }
    }

    private func find(_ path: PageTemplate.Path) -> PageValue? {
        guard let first = path.first else { return around.last }
        for value in around.reversed() {
            guard case .object(let object) = value, var found = object.member(first) else { continue }
            for name in path.dropFirst() {
                guard case .object(let inner) = found, let next = inner.member(name) else { return nil }
                found = next
            }
            return found
        }
        return nil
    }

    private mutating func write(_ value: PageValue?) {
        switch value {
        case .text(let text): escape(text)
        case .flag(let flag): output += flag ? Array("true".utf8) : Array("false".utf8)
        case nil, .list, .object: break
        }
    }

    /// Writes a text so that HTML reads no markup in it, in text and in quoted attributes. Bytes are enough: those of markup are
    /// within no other character.
    private mutating func escape(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): output += Self.less
            case UInt8(ascii: ">"): output += Self.greater
            case UInt8(ascii: "&"): output += Self.ampersand
            case UInt8(ascii: "\""): output += Self.quote
            case UInt8(ascii: "'"): output += Self.apostrophe
            default: output.append(byte)
            }
        }
    }

    private static let less = Array("&lt;".utf8)
    private static let greater = Array("&gt;".utf8)
    private static let ampersand = Array("&amp;".utf8)
    private static let quote = Array("&quot;".utf8)
    private static let apostrophe = Array("&#39;".utf8)
}
