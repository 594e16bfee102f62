import Primitives

/// A part of the document of the API, as its page reads it.
struct DocumentNode {
    let json: JSONValue

    init(_ json: JSONValue) {
        self.json = json
    }

    subscript(_ name: String) -> DocumentNode? { json[name].map { DocumentNode($0) } }

    /// A string, or the digits of a number.
    var text: String? {
        switch json {
        case .string(let text), .number(let text): text
        default: nil
        }
    }

    var isTrue: Bool { json == .bool(true) }

    var list: [DocumentNode] {
        if case .array(let elements) = json { elements.map { DocumentNode($0) } } else { [] }
    }

    /// The members of an object, by name.
    var members: [(name: String, node: DocumentNode)] {
        guard case .object(let members) = json else { return [] }
        return members.sorted { $0.key < $1.key }.map { ($0.key, DocumentNode($0.value)) }
    }

    /// The name of the component that is referred to; nil where none is.
    var reference: String? { self["$ref"]?.text?.cut(at: "/").last.map(String.init) }
}

extension ProtocolText {
    /// The text as HTML, with what stands between backticks as code.
    var proseForHTML: String {
        cut(at: "`").enumerated().map { index, part in
            index.isMultiple(of: 2) ? part.escapedForHTML : part.codeForHTML
        }.joined()
    }

    /// The text as code in HTML.
    var codeForHTML: String { "<code>" + escapedForHTML + "</code>" }
}
