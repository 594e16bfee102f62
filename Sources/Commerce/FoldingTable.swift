import Primitives

/// Letters that do not decompose, and the plain ones that stand for them; in lower case, as they are after
/// decomposition.
enum FoldingTable {
    /// Letters replaced wherever text is compared.
    static let plain: [Unicode.Scalar: [Unicode.Scalar]] = table([
        ("ae", "æ"), ("d", "đð"), ("h", "ħ"), ("i", "ı"), ("l", "ł"), ("n", "ŋ"), ("o", "ø"), ("oe", "œ"), ("ss", "ß"),
        ("th", "þ"), ("t", "ŧ"), ("σ", "ς"), ("г", "ґ"),
        ("'", "´\u{2018}\u{2019}\u{2BC}\u{2032}\u{5F3}\u{55A}"),
        ("\"", "\u{5F4}"), (" ", "\u{2122}\u{2120}"), ("-", "\u{2212}"), ("ي", "ى\u{6CC}"), ("ه", "ة"), ("ك", "ک"),
    ])

    /// Greek and Cyrillic letters, accents off, in Latin letters: for slugs.
    static let latin: [Unicode.Scalar: String] = spelled(
        "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o "
            + "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
            + "щ shch ы y э e ю yu я ya є ye і i ј j љ lj њ nj ђ dj ћ c џ dz ѕ dz"
    ).merging(["ъ": "", "ь": ""]) { first, _ in first }

    private static func table(_ rows: [(String, String)]) -> [Unicode.Scalar: [Unicode.Scalar]] {
        var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for (plain, letters) in rows {
            for scalar in letters.unicodeScalars { table[scalar] = Array(plain.unicodeScalars) }
        }
        return table
    }

    private static func spelled(_ pairs: String) -> [Unicode.Scalar: String] {
        let parts = pairs.words
        var table: [Unicode.Scalar: String] = [:]
        for index in stride(from: 0, to: parts.count - 1, by: 2) {
            if let letter = parts[index].unicodeScalars.first { table[letter] = String(parts[index + 1]) }
        }
        return table
    }
}
