import Messages
import Primitives

/// The tags of a Mustache template (https://mustache.github.io/mustache.5.html), held against a sample of its variables.
///
/// Whatever staff could not have meant is refused: partials and blocks, since there are none, other delimiters, other
/// content types, functions, and in HTML variables that are not escaped.
struct TemplateVariables {
    private enum Tag {
        case variable(Substring)
        case section(Substring, isInverted: Bool)
        case end(Substring)
        case refused(String)
        case nothing
    }

    private let isMarkup: Bool
    private var frames: [JSONValue]
    private var open: [(name: String, pushed: Bool)] = []
    private var found: [String] = []

    /// Returns what is wrong with a template, in sentences; nothing where the sample has all that it names.
    static func problems(_ template: String, _ sample: [String: JSONValue], isMarkup: Bool) -> [String] {
        var walk = TemplateVariables(isMarkup: isMarkup, frames: [.object(sample)])
        for tag in tags(of: template, isMarkup: isMarkup) { walk.take(tag) }
        var seen: Set<String> = []
        return walk.found.filter { seen.insert($0).inserted }
    }

    /// Returns the names of a sample's values; those inside of a list or an object stand behind a dot.
    static func names(of sample: [String: JSONValue]) -> [String] {
        sample.sorted { $0.key < $1.key }.flatMap { name, value -> [String] in
            let inner = names(of: merged(value))
            return inner.isEmpty ? [name] : inner.map { name + "." + $0 }
        }
    }

    /// Returns a value for each name in these texts, where nobody has said which there are.
    static func guessed(from texts: some Sequence<MailText>) -> [String: JSONValue] {
        var sample: [String: JSONValue] = [:]
        for text in texts {
            for tag in [text.subject, text.text, text.html].flatMap({ tags(of: $0, isMarkup: false) }) {
                switch tag {
                case .variable(let name), .section(let name, _):
                    let head = String(name.halves(at: ".").0)
                    sample[head] = .string(head)
                case .end, .refused, .nothing: break
                }
            }
        }
        return sample
    }

    private init(isMarkup: Bool, frames: [JSONValue]) {
        self.isMarkup = isMarkup
        self.frames = frames
    }

    private mutating func take(_ tag: Tag) {
        switch tag {
        case .variable(let name):
            if value(of: name) == nil { found.append("There is no variable \"\(name)\".") }
        case .section(let name, let isInverted):
            let value = value(of: name)
            if value == nil { found.append("There is no variable \"\(name)\".") }
            let inner = value.map(Self.merged) ?? [:]
            if !isInverted, !inner.isEmpty { frames.append(.object(inner)) }
            open.append((String(name), !isInverted && !inner.isEmpty))
        case .end(let name):
            guard let last = open.last, last.name.isSame(as: String(name)) else { return }
            if last.pushed { frames.removeLast() }
            open.removeLast()
        case .refused(let reason): found.append(reason)
        case .nothing: break
        }
    }

    /// Looks for a name from the innermost frame outwards, and for what is behind its dots in the object that was found:
    /// the elements of a list have no names outside of its section.
    private func value(of name: Substring) -> JSONValue? {
        if name.isSame(as: ".") { return frames.last }
        let parts = name.cut(at: ".")
        let head = String(parts[0])
        guard var value = frames.reversed().lazy.compactMap({ Self.merged($0)[head] }).first else { return nil }
        for part in parts.dropFirst() {
            guard case .object(let members) = value, let inner = members[String(part)] else { return nil }
            value = inner
        }
        return value
    }

    /// Returns the members of an object, or of a list's elements together.
    static func merged(_ value: JSONValue) -> [String: JSONValue] {
        switch value {
        case .object(let members): members
        case .array(let elements): elements.reduce(into: [:]) { $0.merge(merged($1)) { first, _ in first } }
        default: [:]
        }
    }

    private static func tags(of template: String, isMarkup: Bool) -> [Tag] {
        var tags: [Tag] = []
        var rest = template[...]
        while let start = rest.offset(of: "{{") {
            rest = Substring(rest.utf8.dropFirst(start + 2))
            let close = rest.begins(with: "{") ? "}}}" : "}}"
            guard let end = rest.offset(of: close) else { break }
            tags.append(tag(Substring(rest.utf8.prefix(end)), isMarkup: isMarkup))
            rest = Substring(rest.utf8.dropFirst(end + close.utf8.count))
        }
        return tags
    }

    private static func tag(_ inside: Substring, isMarkup: Bool) -> Tag {
        let name = Substring(Substring(inside.unicodeScalars.dropFirst()).trimmed)
        switch inside.unicodeScalars.first {
        case "#": return checked(name) { .section($0, isInverted: false) }
        case "^": return checked(name) { .section($0, isInverted: true) }
        case "/": return .end(name)
        case "!": return .nothing
        case "{", "&":
            if isMarkup { return .refused("Values are always escaped in HTML: write {{\(name)}}.") }
            return checked(name) { .variable($0) }
        case ">", "<", "$": return .refused("There are no partials and no blocks.")
        case "=": return .refused("The delimiters cannot be changed.")
        case "%": return .refused("The content type cannot be changed.")
        default: return checked(Substring(inside.trimmed)) { .variable($0) }
        }
    }

    private static func checked(_ name: Substring, _ tag: (Substring) -> Tag) -> Tag {
        name.holds("(") ? .refused("There are no functions.") : tag(name)
    }
}
