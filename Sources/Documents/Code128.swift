/// The symbols of Code 128 (ISO/IEC 15417): code set B for printable ASCII, code set C for pairs of digits.
enum Code128 {
    private static let (toC, toB, startB, startC, stop) = (99, 100, 104, 105, 106)

    /// Returns the widths of bars and spaces of printable ASCII.
    static func widths(of text: String) -> [Int] { symbols(of: Array(text.utf8)).flatMap { patterns[$0] } }

    /// Returns the values of the symbols: the start, the data, the check character, the stop.
    static func symbols(of bytes: [UInt8]) -> [Int] {
        var values: [Int] = []
        var isPaired = false
        var place = 0
        while place < bytes.count {
            let digits = bytes[place...].prefix { (0x30...0x39).contains($0) }.count
            if isPaired, digits < 2 {
                values.append(toB)
                isPaired = false
            } else if !isPaired, pays(digits, isFirst: place == 0, isLast: place + digits == bytes.count) {
                if place > 0, !digits.isMultiple(of: 2) {
                    values.append(Int(bytes[place]) - 0x20)
                    place += 1
                }
                values.append(place == 0 ? startC : toC)
                isPaired = true
            } else if place == 0 {
                values.append(startB)
            }
            if isPaired {
                values.append((Int(bytes[place]) - 0x30) * 10 + Int(bytes[place + 1]) - 0x30)
                place += 2
            } else {
                values.append(Int(bytes[place]) - 0x20)
                place += 1
            }
        }
        return values + [check(of: values), stop]
    }

    /// Returns whether so many digits in a row are shorter in code set C, the change to it and back counted: annex E of the
    /// standard.
    private static func pays(_ digits: Int, isFirst: Bool, isLast: Bool) -> Bool {
        if isFirst, isLast, digits == 2 { return true }
        return isFirst || isLast ? digits >= 4 : digits >= 6
    }

    /// Returns the check character: the sum of all values by their places, modulo 103; the start counts once.
    private static func check(of values: [Int]) -> Int {
        values.enumerated().reduce(0) { $0 + max(1, $1.offset) * $1.element } % 103
    }

    /// The widths of each value's three bars and three spaces; the stop has a bar more.
    private static let patterns: [[Int]] = """
        212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
        123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
        232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
        313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
        111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
        111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
        114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112
        """.split { $0 == " " || $0 == "\n" }.map { $0.utf8.map { Int($0) - 0x30 } }
}
