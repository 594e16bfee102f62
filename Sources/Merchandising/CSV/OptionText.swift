import Commerce
import Primitives

/// The options of a variant in one cell: `Color=Red|Size=M`; a backslash stands before `=`, `|` and itself.
enum OptionText {
    /// Returns the text of `options`.
    static func text(_ options: [VariantOption]) -> String {
        options.map { escaped($0.type) + "=" + escaped($0.value) }.joined(separator: "|")
    }

    /// Parses the options that `text` holds, without white space around types and values; nil where a part has no `=`
    /// or more than one.
    static func options(_ text: String) -> [VariantOption]? {
        if text.isEmpty { return [] }
        var options: [VariantOption] = []
        for part in pieces(text, at: "|") {
            let sides = pieces(part, at: "=").map { unescaped($0).trimmed }
            guard sides.count == 2 else { return nil }
            options.append(VariantOption(type: sides[0], value: sides[1]))
        }
        return options
    }

    private static func escaped(_ text: String) -> String {
        text.replacing(scalars: { "\\|=".unicodeScalars.contains($0) ? "\\" + String($0) : nil })
    }

    private static func unescaped(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.append(scalar)
                isEscaped = false
            }
        }
        return String(plain)
    }

    /// Returns the parts between separators that no backslash precedes, as they are written.
    private static func pieces(_ text: String, at separator: Unicode.Scalar) -> [String] {
        var pieces = [""]
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == separator, !isEscaped {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].unicodeScalars.append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return pieces
    }
}
