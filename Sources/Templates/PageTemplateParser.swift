/// Reads a template's text. Tags are ASCII, so that its bytes are looked at.
struct PageTemplateParser {
    private let text: [UInt8]
    private var place = 0

    private struct Tag {
        let sign: UInt8?
        let name: String
    }

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    /// Reads to the tag that closes `name`, or to the end where there is none to close.
    mutating func nodes(until name: String?) throws(PageTemplateError) -> [PageTemplate.Node] {
        var nodes: [PageTemplate.Node] = []
        while place < text.count {
            guard let start = find("{{", from: place) else {
                nodes.append(.text(Array(text[place...])))
                place = text.count
                break
            }
            let written = place..<start
            let (tag, isAlone) = try self.tag(at: start)
            // The white space before a tag that has a line for itself goes with the line.
            let end = isAlone ? beginning(ofLineAt: start) ?? start : start
            if end > written.lowerBound { nodes.append(.text(Array(text[written.lowerBound..<end]))) }
            if tag.sign == UInt8(ascii: "/") {
                guard tag.name == name else { throw error("closes \(tag.name) within \(name ?? "nothing")") }
                return nodes
            }
            if let node = try node(tag) { nodes.append(node) }
        }
        if let name { throw error("does not close \(name)") }
        return nodes
    }

    private mutating func node(_ tag: Tag) throws(PageTemplateError) -> PageTemplate.Node? {
        switch tag.sign {
        case nil: return .variable(path(tag.name))
        case UInt8(ascii: "#"): return .section(path(tag.name), try nodes(until: tag.name))
        case UInt8(ascii: "^"): return .inverted(path(tag.name), try nodes(until: tag.name))
        case UInt8(ascii: "$"): return .block(tag.name, try nodes(until: tag.name))
        case UInt8(ascii: "!"): return nil
        case UInt8(ascii: ">"):
            return tag.name.utf8.first == UInt8(ascii: "*")
                ? .partialNamed(by: path(String(tag.name.dropFirst()))) : .partial(tag.name)
        case UInt8(ascii: "<"):
            var blocks: [String: [PageTemplate.Node]] = [:]
            for case .block(let name, let nodes) in try nodes(until: tag.name) { blocks[name] = nodes }
            return .parent(tag.name, blocks)
        default: throw error("has a tag that pages do not have: \(tag.name)")
        }
    }

    private func path(_ name: String) -> PageTemplate.Path {
        name == "." ? [] : name.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
    }

    /// Reads a tag and goes on behind it; with its line where it stands alone in it and is no variable.
    private mutating func tag(at start: Int) throws(PageTemplateError) -> (tag: Tag, isAlone: Bool) {
        guard let end = find("}}", from: start + 2) else { throw error("does not end a tag") }
        let inner = text[(start + 2)..<end]
        let sign = inner.first.flatMap { "#^/$><!&{=%".utf8.contains($0) ? $0 : nil }
        let name = String(decoding: sign == nil ? inner : inner.dropFirst(), as: UTF8.self)
        let tag = Tag(sign: sign, name: name.split(separator: " ").joined())
        guard !tag.name.isEmpty else { throw error("has a tag without a name") }
        place = end + 2
        guard sign != nil, beginning(ofLineAt: start) != nil, let next = endOfLine(from: place) else {
            return (tag, false)
        }
        place = next
        return (tag, true)
    }

    /// Returns where a line begins of which there is only white space before `start`.
    private func beginning(ofLineAt start: Int) -> Int? {
        var index = start
        while index > 0, Self.isBlank(text[index - 1]) { index -= 1 }
        return index == 0 || text[index - 1] == UInt8(ascii: "\n") ? index : nil
    }

    /// Returns where the next line begins where nothing but white space is left of this one.
    private func endOfLine(from start: Int) -> Int? {
        var index = start
        while index < text.count, Self.isBlank(text[index]) { index += 1 }
        return index == text.count ? index : text[index] == UInt8(ascii: "\n") ? index + 1 : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(byte)
    }

    /// Returns where two bytes stand for the first time from `start` on.
    private func find(_ pair: StaticString, from start: Int) -> Int? {
        let (first, second) = (pair.utf8Start[0], pair.utf8Start[1])
        var index = start
        while index + 1 < text.count {
            if text[index] == first, text[index + 1] == second { return index }
            index += 1
        }
        return nil
    }

    private func error(_ what: String) -> PageTemplateError {
        let line = 1 + text[..<min(place, text.count)].count { $0 == UInt8(ascii: "\n") }
        return PageTemplateError(description: "line \(line) \(what)")
    }
}
