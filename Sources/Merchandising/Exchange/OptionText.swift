import Commerce

/// The options of a variant in one cell: `Color=Red|Size=M`; a backslash stands before `=`, `|` and itself.
enum OptionText {
    /// The text of `options`.
    static func text(_ options: [VariantOption]) -> String {
        options.map { escaped($0.type) + "=" + escaped($0.value) }.joined(separator: "|")
    }

    /// The options that `text` holds; nil where a part has no `=` or more than one.
    static func options(_ text: String) -> [VariantOption]? {
        if text.isEmpty { return [] }
        var options: [VariantOption] = []
        for part in pieces(text, at: "|") {
            let sides = pieces(part, at: "=").map(unescaped)
            guard sides.count == 2 else { return nil }
            options.append(VariantOption(type: sides[0], value: sides[1]))
        }
        return options
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if "\\|=".contains(character) { escaped += "\\" }
            escaped.append(character)
        }
        return escaped
    }

    private static func unescaped(_ text: String) -> String {
        var plain = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.append(character)
                isEscaped = false
            }
        }
        return plain
    }

    /// The parts between separators that no backslash stands before, as they are written.
    private static func pieces(_ text: String, at separator: Character) -> [String] {
        var pieces = [""]
        var isEscaped = false
        for character in text {
            if character == separator, !isEscaped {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return pieces
    }
}
