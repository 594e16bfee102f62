import Primitives

/// A path with parameters in braces: `/api/cart/items/{id}/`.
struct PathTemplate: Sendable, Hashable {
    enum Segment: Sendable, Hashable {
        case literal(String)
        case parameter(String)
        /// The rest of the path, slashes and all; only last.
        case rest(String)
    }

    let text: String
    let segments: [Segment]

    /// - Throws: `RouterError.malformed`.
    init(_ text: String) throws(RouterError) {
        guard text.begins(with: "/") else { throw .malformed(text) }
        let parts = text.cut(at: "/", keepsEmpty: false)
        var segments: [Segment] = []
        for (index, part) in parts.enumerated() {
            guard let segment = Segment(part), !segment.isRest || index == parts.count - 1 else {
                throw .malformed(text)
            }
            segments.append(segment)
        }
        guard Set(segments.compactMap(\.name)).count == segments.count(where: { $0.name != nil }) else {
            throw .malformed(text)
        }
        self.text = text
        self.segments = segments
    }

    /// The parameters' names from left to right.
    var names: [String] { segments.compactMap(\.name) }

    /// Without parameters: found by the whole path at once.
    var isLiteral: Bool { names.isEmpty }
}

extension PathTemplate.Segment {
    init?(_ text: Substring) {
        guard text.holds(anyOf: "{}") else {
            self = .literal(String(text))
            return
        }
        guard let inner = text.after("{")?.before("}") else { return nil }
        let rest = inner.before("*")
        let name = rest ?? inner
        guard !name.isEmpty, !name.holds(anyOf: "{}*") else { return nil }
        self = rest == nil ? .parameter(String(name)) : .rest(String(name))
    }

    var name: String? {
        switch self {
        case .literal: nil
        case .parameter(let name), .rest(let name): name
        }
    }

    var isRest: Bool { if case .rest = self { true } else { false } }
}

/// An error in the declared routes.
public enum RouterError: Error, Equatable, CustomStringConvertible {
    /// A path does not begin with a slash, has unpaired braces, or names a parameter twice.
    case malformed(String)
    /// Two endpoints have the same method and path.
    case duplicate(method: String, template: String)

    /// A sentence for the log.
    public var description: String {
        switch self {
        case .malformed(let template): "the path \(template) is no template"
        case .duplicate(let method, let template): "\(method) \(template) is declared twice"
        }
    }
}
