import Primitives

/// Language tags as templates have them (BCP 47): `de`, `pt-BR`.
enum LanguageTag {
    /// Returns the tag in lower case, with hyphens; nil for what is none.
    static func normal(_ text: String) -> String? {
        let tag = text.replacing(scalars: { $0 == "_" ? "-" : nil }).lowercased()
        let parts = tag.cut(at: "-")
        guard let first = parts.first, (2...3).contains(first.utf8.count), tag.utf8.count <= 35,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 8 && $0.utf8.allSatisfy(isWord) }),
            first.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
        else { return nil }
        return tag
    }

    /// Returns where to look for a text, the best first: each language, then without its region, then English.
    static func candidates(_ wanted: String...) -> [String] {
        var tags: [String] = []
        for tag in wanted.compactMap(normal) + ["en"] {
            for candidate in [tag, String(tag.halves(at: "-").0)] where !tags.contains(candidate) {
                tags.append(candidate)
            }
        }
        return tags
    }

    private static func isWord(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
}
