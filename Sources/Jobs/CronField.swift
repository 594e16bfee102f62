import Primitives

/// One of a cron expression's fields: the numbers it allows, as bits.
struct CronField: Sendable, Hashable {
    enum Sort: Sendable {
        case minute, hour, day, month, weekday

        var range: ClosedRange<Int> {
            switch self {
            case .minute: 0...59
            case .hour: 0...23
            case .day: 1...31
            case .month: 1...12
            // 7 is Sunday as well as 0.
            case .weekday: 0...7
            }
        }

        var names: [Substring] {
            switch self {
            case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
            case .minute, .hour, .day: []
            }
        }
    }

    private let bits: UInt64
    /// Whether the field begins with `*`, which decides how days and weekdays combine.
    let isOpen: Bool

    /// Reads `*`, numbers, names, ranges, steps and lists of them; nil for anything else.
    init?(_ text: Substring, _ sort: Sort) {
        var bits: UInt64 = 0
        for item in text.cut(at: ",") {
            guard let numbers = Self.numbers(of: item, sort) else { return nil }
            for number in numbers { bits |= 1 << UInt64(sort == .weekday ? number % 7 : number) }
        }
        guard bits != 0 else { return nil }
        self.bits = bits
        self.isOpen = text.begins(with: "*")
    }

    func contains(_ number: Int) -> Bool {
        bits & (1 << UInt64(number)) != 0
    }

    private static func numbers(of item: Substring, _ sort: Sort) -> [Int]? {
        let (base, pace) = item.halves(at: "/")
        guard let range = range(of: base, sort, isStepped: pace != nil) else { return nil }
        guard let pace else { return Array(range) }
        guard let step = number(pace), step > 0 else { return nil }
        return Array(stride(from: range.lowerBound, through: range.upperBound, by: step))
    }

    private static func range(of text: Substring, _ sort: Sort, isStepped: Bool) -> ClosedRange<Int>? {
        let whole = sort == .weekday ? 0...6 : sort.range
        if text.isSame(as: "*") { return whole }
        let ends = text.cut(at: "-")
        guard let first = ends.first.flatMap({ value($0, sort) }) else { return nil }
        switch ends.count {
        // `5/15` counts from 5 to the end of the range.
        case 1: return isStepped ? first...max(first, whole.upperBound) : first...first
        case 2:
            guard let last = value(ends[1], sort), first <= last else { return nil }
            return first...last
        default: return nil
        }
    }

    private static func value(_ text: Substring, _ sort: Sort) -> Int? {
        if let position = sort.names.firstIndex(of: text) { return position + sort.range.lowerBound }
        guard let number = number(text), sort.range.contains(number) else { return nil }
        return number
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
