import Primitives

/// The numbers of a sheet as people typed them. The file has them in binary: 19.99 as `19.989999999999998`, 0.000001 as
/// `1E-6`.
enum CellNumber {
    /// The digits that Excel counts with and shows.
    private static let digits = 15

    /// Returns the number in decimals, rounded to Excel's 15 digits and without an exponent; nil where the text is no number
    /// or one of more than 40 places.
    static func plain(_ text: String) -> String? {
        let (mantissa, power) = text.lowercased().halves(at: "e")
        guard let exponent = power.map({ Int($0) }) ?? 0, (-40...40).contains(exponent) else { return nil }
        let isNegative = mantissa.begins(with: "-")
        let unsigned = mantissa.after("-") ?? mantissa.after("+") ?? mantissa
        let (whole, fraction) = unsigned.halves(at: ".")
        let figures = Array(whole.utf8) + Array((fraction ?? "").utf8)
        guard !figures.isEmpty, figures.count <= 60, figures.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let (rounded, point) = self.rounded(figures.map { Int($0) - 0x30 }, point: whole.utf8.count + exponent)
        guard rounded.contains(where: { $0 != 0 }) else { return "0" }
        return (isNegative ? "-" : "") + written(rounded, point: point)
    }

    /// Cuts leading zeros and rounds what is left, half away from zero. `point` is the number of figures before the point.
    private static func rounded(_ figures: [Int], point: Int) -> (figures: [Int], point: Int) {
        let zeros = figures.prefix { $0 == 0 }.count
        var (kept, point) = (Array(figures.dropFirst(zeros)), point - zeros)
        guard kept.count > digits else { return (kept, point) }
        let carries = kept[digits] >= 5
        kept = Array(kept.prefix(digits))
        guard carries else { return (kept, point) }
        var index = digits - 1
        while index >= 0, kept[index] == 9 {
            kept[index] = 0
            index -= 1
        }
        if index >= 0 {
            kept[index] += 1
        } else {
            kept.insert(1, at: 0)
            point += 1
        }
        return (kept, point)
    }

    private static func written(_ figures: [Int], point: Int) -> String {
        var all = figures
        if point > all.count { all += Array(repeating: 0, count: point - all.count) }
        if point < 1 { all = Array(repeating: 0, count: 1 - point) + all }
        let whole = max(point, 1)
        var fraction = Array(all[whole...])
        while fraction.last == 0 { fraction.removeLast() }
        let text = all[..<whole].map(String.init).joined()
        return fraction.isEmpty ? text : text + "." + fraction.map(String.init).joined()
    }
}

/// Days and times of day, which a sheet has as numbers.
enum CellMoment {
    /// Returns the day, the day with its time, or for numbers below 1 the time; nil where the number is none of them.
    ///
    /// 1 is 1900-01-01, or 1904-01-02 where the workbook counts from 1904.
    static func text(_ number: String, from1904: Bool) -> String? {
        let (whole, fraction) = number.halves(at: ".")
        guard let day = Int(whole), (0..<2_958_466).contains(day), let seconds = seconds(fraction ?? "") else {
            return nil
        }
        let time = seconds == 0 ? "" : clock(seconds)
        if day == 0, !from1904 { return time.isEmpty ? nil : time }
        // Excel knows a 29 February 1900.
        let start = from1904 ? -24_107 : day < 60 ? -25_568 : -25_569
        let date = CivilDate(daysSinceEpoch: start + day).description
        return time.isEmpty ? date : date + "T" + time
    }

    /// Returns the seconds of a day that a fraction of it stands for, rounded.
    private static func seconds(_ fraction: Substring) -> Int? {
        if fraction.isEmpty { return 0 }
        let figures = String(decoding: fraction.utf8.prefix(9), as: UTF8.self)
        let padded = figures + String(repeating: "0", count: 9 - figures.utf8.count)
        return Int(padded).map { min(($0 * 86_400 + 500_000_000) / 1_000_000_000, 86_399) }
    }

    private static func clock(_ seconds: Int) -> String {
        [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }.joined(
            separator: ":")
    }
}
