import AdminPages
import Primitives

extension Messages {
    /// A sentence with values in it. The English has `{}` for each. The German names them by their place: `{1}` is the value as
    /// it came, `{1:word}` a word of the wire in German, or several with commas between them, `{1:sentence}` a sentence
    /// of the API. `{1:number}` is digits and `{1:amount}` a number, whose decimals stand behind a comma: what people wrote in
    /// like words is no such sentence.
    struct Pattern: Sendable {
        /// What the English has for a value.
        static let gap = "{}"

        let english: String
        private let template: String
        /// What stands around the values, one more than they are.
        private let pieces: [String]

        init(_ english: String, _ template: String) {
            self.english = english
            self.template = template
            var pieces: [String] = []
            var rest = english[...]
            while let place = rest.offset(of: Self.gap) {
                pieces.append(String(Substring(rest.utf8.prefix(place))))
                rest = Substring(rest.utf8.dropFirst(place + Self.gap.utf8.count))
            }
            self.pieces = pieces + [String(rest)]
        }

        /// The bytes that a sentence has in common with it: of two that fit, the longer one is meant.
        var length: Int { pieces.reduce(0) { $0 + $1.utf8.count } }

        /// Returns the German for a sentence; nil where it is another one.
        func german(for sentence: String) -> String? {
            guard let found = values(in: sentence) else { return nil }
            let parts = template.cut(at: "{")
            var text = String(parts[0])
            for part in parts.dropFirst() {
                let (mark, tail) = part.halves(at: "}")
                let (place, way) = mark.halves(at: ":")
                guard let tail, let number = Int(place), found.indices.contains(number - 1) else {
                    text += "{" + String(part)
                    continue
                }
                guard let value = Self.german(found[number - 1], as: String(way ?? "")) else { return nil }
                text += value + String(tail)
            }
            return text
        }

        /// Returns what stands for each `{}`; nil where something else than these pieces stands around it.
        private func values(in sentence: String) -> [String]? {
            guard var rest = sentence.after(pieces[0]) else { return nil }
            var values: [String] = []
            for piece in pieces.dropFirst().dropLast() {
                guard let place = rest.offset(of: piece) else { return nil }
                values.append(String(Substring(rest.utf8.prefix(place))))
                rest = Substring(rest.utf8.dropFirst(place + piece.utf8.count))
            }
            guard let last = rest.before(pieces[pieces.count - 1]) else { return nil }
            return values + [String(last)]
        }

        private static func german(_ value: String, as way: String) -> String? {
            let isNumber = value.unicodeScalars.allSatisfy {
                (0x30...0x39).contains($0.value) || $0 == "." || $0 == "-"
            }
            if !isNumber, ["amount", "number"].contains(way) { return nil }
            return switch way {
            case "word":
                value.cut(at: ",").map(\.trimmed)
                    .map { Vocabulary.phrase(for: $0)?.german ?? Messages.german($0) }
                    .joined(separator: ", ")
            case "amount": value.replacing { $0 == "." ? "," : nil }
            case "sentence": Messages.german(value)
            default: value
            }
        }
    }
}
