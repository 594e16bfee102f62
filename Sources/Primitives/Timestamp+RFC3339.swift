extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with microseconds where there are any: `2026-11-23T20:31:09.250000Z`.
    public var description: String {
        let (day, moment) = splitIntoDay()
        let fraction = moment % 1_000_000
        let second = Int(moment / 1_000_000)
        let clock = padded(second / 3_600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
        let tail = fraction == 0 ? "" : "." + padded(Int(fraction), 6)
        return CivilDate(daysSinceEpoch: day).description + "T" + clock + tail + "Z"
    }

    /// The day of this moment in UTC.
    public var dayInUTC: CivilDate { CivilDate(daysSinceEpoch: splitIntoDay().day) }

    /// Reads an RFC 3339 date-time with any offset, or a bare date as its first moment in UTC; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, let date = CivilDate(String(decoding: bytes[..<10], as: UTF8.self)) else { return nil }
        guard bytes.count > 10 else {
            self = date.startInUTC
            return
        }
        guard bytes.count >= 20, [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]), let second = digits(bytes[17..<19]),
            hour < 24, minute < 60, second < 61
        else { return nil }
        guard let (fraction, next) = Self.fraction(bytes, from: 19), let offset = Self.offset(bytes[next...]) else {
            return nil
        }
        let seconds = Int64(hour * 3_600 + minute * 60 + min(second, 59) - offset * 60)
        self = date.startInUTC + TimeSpan(microseconds: seconds * 1_000_000 + fraction)
    }

    private static func fraction(_ bytes: [UInt8], from start: Int) -> (microseconds: Int64, next: Int)? {
        guard bytes[start] == UInt8(ascii: ".") else { return (0, start) }
        var end = start + 1
        while end < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) { end += 1 }
        guard end > start + 1, end < bytes.count, let number = digits(bytes[(start + 1)..<min(end, start + 7)]) else {
            return nil
        }
        var microseconds = Int64(number)
        for _ in min(end - start - 1, 6)..<6 { microseconds *= 10 }
        return (microseconds, end)
    }

    /// Minutes east of UTC.
    private static func offset(_ zone: ArraySlice<UInt8>) -> Int? {
        let zone = Array(zone)
        if zone == [UInt8(ascii: "Z")] || zone == [UInt8(ascii: "z")] { return 0 }
        guard zone.count == 6, zone[3] == UInt8(ascii: ":"), let hour = digits(zone[1..<3]),
            let minute = digits(zone[4..<6]), hour < 24, minute < 60
        else { return nil }
        switch zone[0] {
        case UInt8(ascii: "+"): return hour * 60 + minute
        case UInt8(ascii: "-"): return -(hour * 60 + minute)
        default: return nil
        }
    }

    private func splitIntoDay() -> (day: Int, microsecond: Int64) {
        let length: Int64 = 86_400_000_000
        let rest = ((microseconds % length) + length) % length
        return (Int((microseconds - rest) / length), rest)
    }
}

extension Timestamp: Codable {
    /// Reads what ``init(_:)`` reads.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let moment = Timestamp(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not RFC 3339"))
        }
        self = moment
    }

    /// Writes ``description``.
    ///
    /// - Throws: `EncodingError` where the encoder takes no single value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension CivilDate: Codable {
    /// Reads `YYYY-MM-DD`.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = CivilDate(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not YYYY-MM-DD"))
        }
        self = day
    }

    /// Writes `YYYY-MM-DD`.
    ///
    /// - Throws: `EncodingError` where the encoder takes no single value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
