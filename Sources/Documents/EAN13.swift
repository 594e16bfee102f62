/// The bars of EAN-13 (ISO/IEC 15420): twelve digits drawn between guards, and the first one in how six of them are drawn.
enum EAN13 {
    /// Returns whether a text is 13 digits, the last of them the check digit of the others.
    static func isNumber(_ text: String) -> Bool {
        let digits = Self.digits(of: text)
        return digits.count == 13 && digits.allSatisfy { (0...9).contains($0) }
            && digits[12] == checkDigit(of: digits.prefix(12))
    }

    /// Returns the digit that makes the sum a multiple of ten in which, from the right, every second digit counts thrice.
    static func checkDigit(of digits: some BidirectionalCollection<Int>) -> Int {
        let sum = digits.reversed().enumerated().reduce(0) { $0 + ($1.offset.isMultiple(of: 2) ? 3 : 1) * $1.element }
        return (10 - sum % 10) % 10
    }

    /// Returns the widths of bars and spaces of a number; none for anything else.
    static func widths(of text: String) -> [Int] {
        guard isNumber(text) else { return [] }
        let digits = Self.digits(of: text)
        var widths = [1, 1, 1]
        for (digit, isTurned) in zip(digits[1...6], orders[digits[0]]) {
            widths += isTurned ? Array(runs[digit].reversed()) : runs[digit]
        }
        widths += [1, 1, 1, 1, 1]
        for digit in digits[7...12] { widths += runs[digit] }
        return widths + [1, 1, 1]
    }

    private static func digits(of text: String) -> [Int] { text.utf8.map { Int($0) - 0x30 } }

    /// The widths of the runs of each digit: number set A begins with a space, set C with a bar; set B is A turned round.
    private static let runs = [
        [3, 2, 1, 1], [2, 2, 2, 1], [2, 1, 2, 2], [1, 4, 1, 1], [1, 1, 3, 2], [1, 2, 3, 1], [1, 1, 1, 4], [1, 3, 1, 2],
        [1, 2, 1, 3], [3, 1, 1, 2],
    ]

    /// Which of the six digits on the left are of number set B, by the first digit.
    private static let orders = [
        "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA",
    ].map { $0.utf8.map { $0 == UInt8(ascii: "B") } }
}
