/// Text as it is compared: lower case, without accents, so that `Crème BRÛLÉE` is found as `creme brulee`.
public enum TextFolding {
    /// `text` in lower case, accents taken off Latin, Greek and Cyrillic letters, ligatures spelled out.
    public static func fold(_ text: String) -> String {
        var folded = ""
        for scalar in text.lowercased().unicodeScalars {
            if scalar.isASCII {
                folded.unicodeScalars.append(scalar)
            } else if let plain = FoldingTable.plain[scalar] {
                folded += plain
            } else if !isMark(scalar) {
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }

    /// The words of `text`, folded: runs of letters and digits.
    public static func words(_ text: String) -> [String] {
        fold(text).unicodeScalars.split { !isWord($0) }.map { String($0) }
    }

    static func isMark(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }
}

/// Letters with accents and the plain letters that stand for them; lower case alone.
enum FoldingTable {
    /// Taken off wherever text is compared.
    static let plain = table([
        ("a", "àáâãäåāăąǎǻạảấầẩẫậắằẳẵặª"), ("ae", "æǽ"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
        ("g", "ĝğġģǧ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįıǐỉị"), ("ij", "ĳ"), ("j", "ĵ"), ("k", "ķǩ"), ("l", "ĺļľŀł"),
        ("n", "ñńņňŉŋ"), ("o", "òóôõöøōŏőǒǿơọỏốồổỗộớờởỡợº"), ("oe", "œ"), ("r", "ŕŗř"), ("s", "śŝşšșſ"), ("ss", "ß"),
        ("t", "ţťŧț"), ("th", "þ"), ("u", "ùúûüũūŭůűųǔưụủứừửữự"), ("w", "ŵẁẃẅ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"),
        ("α", "άἀἁὰ"), ("ε", "έ"), ("η", "ή"), ("ι", "ίϊΐ"), ("ο", "ό"), ("υ", "ύϋΰ"), ("ω", "ώ"), ("σ", "ς"),
        ("е", "ёѐ"), ("и", "йѝ"), ("і", "ї"), ("г", "ґѓ"), ("к", "ќ"), ("у", "ў"),
    ])

    /// Greek and Cyrillic letters, accents off, in Latin letters: for slugs.
    static let latin: [Unicode.Scalar: String] = spelled(
        "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o "
            + "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
            + "щ shch ы y э e ю yu я ya є ye і i ј j љ lj њ nj ђ dj ћ c џ dz ѕ dz"
    ).merging(["ъ": "", "ь": ""]) { first, _ in first }

    private static func table(_ rows: [(String, String)]) -> [Unicode.Scalar: String] {
        var table: [Unicode.Scalar: String] = [:]
        for (plain, letters) in rows {
            for scalar in letters.unicodeScalars { table[scalar] = plain }
        }
        return table
    }

    private static func spelled(_ pairs: String) -> [Unicode.Scalar: String] {
        let parts = pairs.split(separator: " ")
        var table: [Unicode.Scalar: String] = [:]
        for index in stride(from: 0, to: parts.count - 1, by: 2) {
            if let letter = parts[index].unicodeScalars.first { table[letter] = String(parts[index + 1]) }
        }
        return table
    }
}
