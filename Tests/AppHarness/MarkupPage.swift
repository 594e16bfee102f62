/// A page of HTML, read as strictly as the shop's own templates are written.
///
/// A `<` begins a tag, the end of one, or the document type; an attribute stands in double quotes. What is anything else is a
/// fault, so a text that got out of its place is found here, however kind a browser would be to it.
package struct MarkupPage: Sendable {
    /// The beginning of an element.
    package struct Tag: Sendable {
        package let name: String
        /// The attributes by name, their references resolved; one without a value is empty.
        package let attributes: [String: String]
    }

    /// A part of a page.
    package enum Part: Sendable {
        case open(Tag)
        case close(String)
        /// The text between two tags, its references resolved, white space and all.
        case text(String)
    }

    /// The parts, in order.
    package let parts: [Part]
    /// What the page has that no template writes.
    package let faults: [String]

    /// Reads a page.
    package init(_ bytes: [UInt8]) {
        var reader = MarkupReader(bytes)
        reader.read()
        parts = reader.parts
        faults = reader.faults
    }

    /// The beginnings of elements, in order.
    package var tags: [Tag] {
        parts.compactMap { part -> Tag? in
            if case .open(let tag) = part { tag } else { nil }
        }
    }

    /// The texts between tags, without white space at their ends, and without blank ones.
    package var texts: [String] {
        let texts = parts.compactMap { part -> String? in
            if case .text(let text) = part { Self.trimmed(text) } else { nil }
        }
        return texts.filter { !$0.isEmpty }
    }

    /// All that a reader reads or is told: texts, and the attributes that stand for texts.
    package var words: [String] {
        let told = tags.flatMap { tag in Self.spoken.compactMap { tag.attributes[$0] } }
        return texts + told.filter { !$0.isEmpty }
    }

    private static let spoken = ["alt", "aria-label", "placeholder", "title"]

    /// Returns the attribute of all elements of a name that have it.
    package func values(of attribute: String, in name: String) -> [String] {
        tags.filter { $0.name == name }.compactMap { $0.attributes[attribute] }
    }

    /// The addresses of links, in order.
    package var links: [String] { values(of: "href", in: "a") }

    /// The text of the first main heading; empty where there is none.
    package var heading: String { text(within: "h1") }

    /// Returns the text of the first element of a name; empty where there is none.
    package func text(within name: String) -> String {
        guard
            let start = parts.firstIndex(where: { part in
                if case .open(let tag) = part { tag.name == name } else { false }
            })
        else { return "" }
        var text = ""
        for part in parts[start...] {
            if case .close(name) = part { break }
            if case .text(let more) = part { text += more }
        }
        return Self.trimmed(text)
    }

    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}

extension MarkupPage {
    /// What a page could do to its reader that no page of the shop's own does: scripts and styles within it, addresses that run.
    package var dangers: [String] {
        tags.flatMap { tag -> [String] in
            let attributes = tag.attributes.sorted { $0.key < $1.key }
            let found = attributes.compactMap { name, value in Self.danger(name, value, in: tag) }
            return found.map { "<\(tag.name)>: \($0)" } + Self.dangers(in: tag)
        }
    }

    private static func danger(_ name: String, _ value: String, in tag: Tag) -> String? {
        if name.hasPrefix("on") { return "the handler \(name)" }
        if name == "style" { return "a style of its own" }
        if name == "srcdoc", tag.attributes["sandbox"]?.contains("allow-scripts") ?? true { return "a page within it" }
        guard ["href", "src", "action", "formaction", "xlink:href", "data", "poster"].contains(name) else { return nil }
        let address = value.unicodeScalars.filter { $0.value > 0x20 }.map { String($0) }.joined().lowercased()
        if address.hasPrefix("javascript:") || address.hasPrefix("vbscript:") { return "runs \(value)" }
        return address.hasPrefix("data:") && tag.name != "img" ? "loads \(value)" : nil
    }

    private static func dangers(in tag: Tag) -> [String] {
        switch tag.name {
        case "script": tag.attributes["src"]?.hasPrefix("/admin/assets/") ?? false ? [] : ["a script of somebody's"]
        case "style", "object", "embed", "base": ["<\(tag.name)>"]
        case "iframe": tag.attributes["sandbox"] == nil ? ["<iframe> without a sandbox"] : []
        case "meta": tag.attributes["http-equiv"] == nil ? [] : ["<meta> that acts"]
        default: []
        }
    }
}
