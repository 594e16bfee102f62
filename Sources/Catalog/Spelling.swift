/// How alike two words are: by the trigrams that they share, and by how many slips of the finger lie between them.
public enum Spelling {
    /// Shorter words are not corrected: too much is like them.
    static let shortest = 3

    /// Returns the trigrams of a word with its beginning and end marked, each once.
    static func trigrams(of word: String) -> Set<String> {
        let letters = Array(("  " + word + " ").unicodeScalars)
        guard letters.count >= 3 else { return [] }
        return Set((0...letters.count - 3).map { String(scalars: letters[$0..<$0 + 3]) })
    }

    /// Returns the digits of a word: a number is never corrected to another one.
    static func digits(of word: String) -> [Unicode.Scalar] { word.unicodeScalars.filter(\.isDigit) }

    /// Returns the number of slips that a word of this length may hold.
    public static func tolerance(of word: String) -> Int { word.unicodeScalars.count <= 4 ? 1 : 2 }

    /// Returns the number of slips between two words: letters left out, put in, changed, or swapped with their neighbor
    /// (the restricted Damerau-Levenshtein distance).
    public static func slips(between left: String, and right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var line = [row] + Array(repeating: 0, count: right.count)
            for column in 1...right.count {
                let change = left[row - 1] == right[column - 1] ? 0 : 1
                line[column] = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + change)
                let isSwapped =
                    row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]
                if isSwapped { line[column] = min(line[column], before[column - 2] + 1) }
            }
            (before, last) = (last, line)
        }
        return last[right.count]
    }

    /// Returns the number of slips between a word and the one meant, of which only the beginning counts where
    /// `asPrefix`.
    static func slips(from word: String, to meant: String, asPrefix: Bool) -> Int {
        let whole = slips(between: word, and: meant)
        let length = word.unicodeScalars.count
        guard asPrefix, meant.unicodeScalars.count > length else { return whole }
        return min(whole, slips(between: word, and: String(scalars: meant.unicodeScalars.prefix(length))))
    }
}
