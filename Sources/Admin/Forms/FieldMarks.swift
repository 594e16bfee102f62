import AdminPages
import Primitives

/// What the fields of a form held when its page was made, as a short mark of each that the form carries: so it is known which of
/// them its reader has changed.
struct FieldMarks: Sendable {
    private let marks: [String: String]

    /// Marks what fields hold.
    init(_ fields: [AdminField], _ texts: [String: [String]]) {
        let pairs = fields.filter(\.isCompared).map { ($0.name, Self.mark($0, texts[$0.name] ?? [])) }
        marks = Dictionary(pairs) { first, _ in first }
    }

    /// Reads the marks that a form was sent with; a form without has none.
    init(_ text: String?) {
        let pairs = (text ?? "").words.map { $0.halves(at: ":") }.map { (String($0.0), String($0.1 ?? "")) }
        marks = Dictionary(pairs) { first, _ in first }
    }

    /// The marks as a form carries them.
    var text: String { marks.sorted { $0.key < $1.key }.map { $0.key + ":" + $0.value }.joined(separator: " ") }

    /// Returns whether a field held these texts; false where that is not known.
    func had(_ field: AdminField, _ texts: [String]) -> Bool { marks[field.name] == Self.mark(field, texts) }

    private static func mark(_ field: AdminField, _ texts: [String]) -> String {
        Digest.hex(plain(field, texts).joined(separator: "\n")).prefix(scalars: 8)
    }

    /// Returns texts without what differs between a page and what browsers send of it.
    static func plain(_ field: AdminField, _ texts: [String]) -> [String] {
        if field.kind == .flag { return [texts.first == "true" ? "true" : "false"] }
        return texts.map { text in text.replacing { $0 == "\r" ? "" : nil } }.filter { !$0.isEmpty }.sorted()
    }
}

extension AdminField {
    /// Whether what was typed can be set beside what stands there: a secret is never shown.
    var isCompared: Bool {
        switch kind {
        case .secret, .file, .quantities: false
        default: true
        }
    }
}
