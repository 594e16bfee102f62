import HTTPTypes
import Primitives

/// Finds the endpoint of a method and a path: literal segments before parameters, with or without the final slash.
struct Router: Sendable {
    enum Match {
        case found(Route, [String: String])
        /// The path exists, the method does not: what `Allow` says.
        case wrongMethod(allowed: String)
        case notFound
        /// The path is no percent-encoded UTF-8.
        case malformed
    }

    /// The routes of one template, by method.
    private final class Leaf: Sendable {
        typealias Entry = (method: HTTPRequest.Method, route: Route, names: [String])

        let entries: [Entry]
        let allowed: String

        init(_ family: [(PathTemplate, Route)]) {
            self.entries = family.map { ($1.endpoint.method, $1, $0.names) }
            var methods = Set(family.map(\.1.endpoint.method.rawValue))
            if methods.contains("GET") { methods.insert("HEAD") }
            self.allowed = methods.union(["OPTIONS"]).sorted().joined(separator: ", ")
        }

        func entry(_ method: HTTPRequest.Method) -> Entry? {
            let wanted = method == .head ? .get : method
            return entries.first { $0.method == wanted }
        }
    }

    private final class Node: Sendable {
        let literals: [String: Node]
        let parameter: Node?
        let rest: Leaf?
        let leaf: Leaf?

        /// A node whose branches are those of `templates` from segment `depth` on.
        init(_ templates: [(template: PathTemplate, leaf: Leaf)], depth: Int) {
            var literals: [String: [(PathTemplate, Leaf)]] = [:]
            var parameters: [(PathTemplate, Leaf)] = []
            var (rest, own): (Leaf?, Leaf?)
            for (template, leaf) in templates {
                guard depth < template.segments.count else {
                    own = leaf
                    continue
                }
                switch template.segments[depth] {
                case .literal(let text): literals[text, default: []].append((template, leaf))
                case .parameter: parameters.append((template, leaf))
                case .rest: rest = leaf
                }
            }
            self.literals = literals.mapValues { Node($0, depth: depth + 1) }
            self.parameter = parameters.isEmpty ? nil : Node(parameters, depth: depth + 1)
            self.rest = rest
            self.leaf = own
        }
    }

    let routes: [Route]
    /// The leaves without parameters, by the path with its final slash.
    private let literals: [String: Leaf]
    private let root: Node

    /// - Throws: `RouterError` where a template is malformed or declared twice for a method.
    init(_ routes: [Route]) throws(RouterError) {
        var byShape: [[PathTemplate.Segment]: [(PathTemplate, Route)]] = [:]
        for route in routes {
            let template = try PathTemplate(route.endpoint.template)
            let shape = template.segments.map(\.nameless)
            let method = route.endpoint.method
            if byShape[shape, default: []].contains(where: { $0.1.endpoint.method == method }) {
                throw .duplicate(method: method.rawValue, template: template.text)
            }
            byShape[shape, default: []].append((template, route))
        }
        var literals: [String: Leaf] = [:]
        var templates: [(PathTemplate, Leaf)] = []
        for family in byShape.values {
            guard let template = family.first?.0 else { continue }
            let leaf = Leaf(family)
            if template.isLiteral { literals[Self.normalized(template.text)] = leaf }
            templates.append((template, leaf))
        }
        self.routes = routes
        self.literals = literals
        self.root = Node(templates, depth: 0)
    }

    /// Returns the endpoint for `method` on `path`, the path as it was sent, without the query.
    func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
        if let leaf = literals[path] { return answer(leaf, method, []) }
        let segments: [String]
        if path.utf8.contains(UInt8(ascii: "%")) {
            guard let decoded = Self.decoded(path) else { return .malformed }
            segments = decoded
        } else {
            guard !path.utf8.contains(0) else { return .malformed }
            segments = Self.segments(path).map(String.init)
        }
        var values: [String] = []
        guard let leaf = find(segments[...], at: root, &values) else { return .notFound }
        return answer(leaf, method, values)
    }

    private func answer(_ leaf: Leaf, _ method: HTTPRequest.Method, _ values: [String]) -> Match {
        guard let entry = leaf.entry(method) else { return .wrongMethod(allowed: leaf.allowed) }
        if values.isEmpty { return .found(entry.route, [:]) }
        return .found(entry.route, Dictionary(zip(entry.names, values)) { first, _ in first })
    }

    private func find(_ segments: ArraySlice<String>, at node: Node, _ values: inout [String]) -> Leaf? {
        guard let segment = segments.first else { return node.leaf }
        if let next = node.literals[segment], let leaf = find(segments.dropFirst(), at: next, &values) { return leaf }
        if let next = node.parameter, !segment.isEmpty {
            values.append(segment)
            if let leaf = find(segments.dropFirst(), at: next, &values) { return leaf }
            values.removeLast()
        }
        guard let rest = node.rest else { return nil }
        values.append(segments.joined(separator: "/"))
        return rest
    }

    /// Returns what stands between the slashes; one final slash is not counted.
    private static func segments(_ path: String) -> [Substring] {
        var parts = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { Substring($0) }
        if parts.last?.isEmpty == true { parts.removeLast() }
        return parts
    }

    private static func decoded(_ path: String) -> [String]? {
        var decoded: [String] = []
        for segment in segments(path) {
            guard let text = PercentEncoding.strictlyDecoded(segment.utf8), !text.utf8.contains(0) else { return nil }
            decoded.append(text)
        }
        return decoded
    }

    static func normalized(_ path: String) -> String { path.ends(with: "/") ? path : path + "/" }
}

extension PathTemplate.Segment {
    /// Parameters of any name look alike to the router.
    fileprivate var nameless: Self {
        switch self {
        case .literal: self
        case .parameter: .parameter("")
        case .rest: .rest("")
        }
    }
}
