import HTTPTypes
import Primitives
import Testing

@testable import Web

/// The router against the plainest one there could be: all templates looked at one by one.
@Suite struct RouterModelTests {
    private static let words = ["a", "b", "7", "featured"]

    private static func templates(_ random: RandomSource) -> [String] {
        var found: [String: String] = [:]
        for _ in 0..<(1 + random.number(below: 12)) {
            var parts = (0..<random.number(below: 4)).map { depth in
                random.number(below: 3) == 0 ? "{p\(depth)}" : words[random.number(below: words.count)]
            }
            if random.number(below: 8) == 0 { parts.append("{rest*}") }
            // Templates that differ in names alone are one.
            let shape = parts.map { $0.hasPrefix("{") ? ($0.contains("*") ? "*" : "{}") : $0 }.joined(separator: "/")
            if found[shape] == nil { found[shape] = "/" + parts.map { $0 + "/" }.joined() }
        }
        return found.values.sorted()
    }

    /// Literals win segment by segment from the left, then parameters, then what takes the rest.
    private static func expected(_ templates: [String], _ parts: [String]) -> String? {
        func rank(_ template: String) -> [Int]? {
            let segments = template.split(separator: "/").map(String.init)
            var ranks: [Int] = []
            for (index, segment) in segments.enumerated() {
                if segment.hasSuffix("*}") { return index < parts.count ? ranks + [2] : nil }
                guard index < parts.count else { return nil }
                if segment.hasPrefix("{") {
                    if parts[index].isEmpty { return nil }
                    ranks.append(1)
                } else {
                    guard segment == parts[index] else { return nil }
                    ranks.append(0)
                }
            }
            return segments.count == parts.count ? ranks : nil
        }
        return templates.compactMap { template in rank(template).map { (template, $0) } }
            .min { $0.1.lexicographicallyPrecedes($1.1) }?.0
    }

    @Test(arguments: 1...6)
    func `every path leads where reading all templates leads`(_ seed: UInt64) throws {
        let random = RandomSource.seeded(seed)
        var found = 0
        for _ in 0..<150 {
            let templates = Self.templates(random)
            let router = try Router(
                templates.map { template in
                    Route(
                        Endpoint(.get, template, "", access: .anyone) { (_, _: NoInput) in NoContent() }, group: "Test")
                })
            for _ in 0..<40 {
                let parts = (0..<random.number(below: 5)).map { _ in Self.words[random.number(below: Self.words.count)]
                }
                let path =
                    "/" + parts.joined(separator: "/") + (random.number(below: 2) == 0 && !parts.isEmpty ? "/" : "")
                var match: String?
                if case .found(let route, let values) = router.match(.get, path) {
                    match = route.endpoint.template
                    #expect(Self.filled(route.endpoint.template, values) == parts, "\(path)")
                }
                #expect(match == Self.expected(templates, parts), "\(path) among \(templates)")
                found += match == nil ? 0 : 1
            }
        }
        #expect(found > 200)
    }

    /// Returns the path that a template is with these values.
    private static func filled(_ template: String, _ values: [String: String]) -> [String] {
        template.split(separator: "/").flatMap { segment -> [String] in
            guard segment.hasPrefix("{") else { return [String(segment)] }
            let name = segment.dropFirst().prefix { $0 != "}" && $0 != "*" }
            return (values[String(name)] ?? "?").split(separator: "/").map(String.init)
        }
    }
}
