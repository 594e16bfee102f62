import Primitives

/// The form in which readers of a language expect decimal numbers: `1.250,40` in German.
struct NumberForm: Sendable {
    private let point: String
    /// What parts digits in threes.
    private let separator: String

    /// The form of a language; nil for one whose texts show numbers as senders write them: `1250.40`. Swiss German has the
    /// point.
    init?(of language: String) {
        let tag = LanguageTag.normal(language) ?? ""
        guard tag.halves(at: "-").0.isSame(as: "de"), !["de-ch", "de-li"].contains(tag) else { return nil }
        (point, separator) = (",", ".")
    }

    /// Returns values with those in this form that a sample has as decimal numbers; all others are as they were, whatever
    /// they look like: an order's number is none.
    func written(_ value: JSONValue, like sample: JSONValue) -> JSONValue {
        switch (value, sample) {
        case (.string(let text), .string(let example)), (.number(let text), .string(let example)):
            guard DecimalText(example)?.fraction != nil, let number = DecimalText(text) else { return value }
            return .string(written(number))
        case (.object(let members), .object(let samples)):
            let written = members.map { name, member in
                (name, samples[name].map { self.written(member, like: $0) } ?? member)
            }
            return .object(Dictionary(uniqueKeysWithValues: written))
        case (.array(let elements), .array):
            let example = JSONValue.object(TemplateVariables.merged(sample))
            return .array(elements.map { written($0, like: example) })
        default: return value
        }
    }

    private func written(_ number: DecimalText) -> String {
        var text = number.sign
        for (place, digit) in number.whole.enumerated() {
            if place > 0, (number.whole.count - place) % 3 == 0 { text += separator }
            text.unicodeScalars.append(digit)
        }
        return number.fraction.map { text + point + $0 } ?? text
    }
}

/// A decimal number as senders write it: `-1250.40`.
private struct DecimalText {
    let sign: String
    let whole: [Unicode.Scalar]
    /// The digits behind the point; nil where there is none.
    let fraction: String?

    /// Reads a number; nil for text that is none.
    init?(_ text: String) {
        let (head, fraction) = text.halves(at: ".")
        sign = head.begins(with: "-") ? "-" : ""
        whole = Array(head.unicodeScalars.dropFirst(sign.isEmpty ? 0 : 1))
        self.fraction = fraction.map { String($0) }
        let parts = [whole] + [fraction].compactMap { $0.map { Array($0.unicodeScalars) } }
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isDigit) }) else { return nil }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
}
