/// The query of a URL, percent-decoded; of a repeated name the last counts, as in Django.
public struct QueryItems: Sendable, Hashable {
    /// The values by name.
    public let values: [String: String]

    /// Reads `a=1&b=x%20y`; what is not UTF-8 once decoded is replaced by U+FFFD.
    public init(_ text: some StringProtocol) {
        var values: [String: String] = [:]
        for (name, value) in Self.pairs(text) { values[name] = value }
        self.values = values
    }

    /// Creates a query of these values.
    public init(_ values: [String: String]) {
        self.values = values
    }

    /// Returns the names and values of `a=1&a=2` in their order; what is not UTF-8 once decoded is replaced by U+FFFD.
    static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (
                PercentEncoding.decode(parts[0], plusIsSpace: true),
                parts.count == 2 ? PercentEncoding.decode(parts[1], plusIsSpace: true) : ""
            )
        }
    }

    /// Returns the names and values of `a=1&a=2` in their order; nil where one of them is not UTF-8 once decoded.
    static func pairs(validating text: some StringProtocol) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentEncoding.bytes(parts[0], plusIsSpace: true)
            let value = parts.count == 2 ? PercentEncoding.bytes(parts[1], plusIsSpace: true) : []
            guard let name = String(validating: name, as: UTF8.self),
                let value = String(validating: value, as: UTF8.self)
            else { return nil }
            pairs.append((name: name, value: value))
        }
        return pairs
    }

    /// Reads `a=1&b=x%20y`; nil where a name or a value is not UTF-8 once decoded.
    init?(validating text: some StringProtocol) {
        guard let pairs = Self.pairs(validating: text) else { return nil }
        var values: [String: String] = [:]
        for (name, value) in pairs { values[name] = value }
        self.values = values
    }

    /// Returns the value of `name`; nil where the query does not name it.
    public subscript(name: String) -> String? { values[name] }

    /// Returns this query with `name` set to `value`, names in order, percent-encoded.
    public func setting(_ name: String, to value: String) -> String {
        QueryItems(values.merging([name: value]) { $1 }).text
    }

    /// This query as text, names in order, percent-encoded.
    public var text: String {
        values.sorted { $0.key < $1.key }
            .map { PercentEncoding.encode($0.key) + "=" + PercentEncoding.encode($0.value) }
            .joined(separator: "&")
    }
}

/// Percent-encoding of RFC 3986.
public enum PercentEncoding {
    /// Returns the text of `bytes`; a percent sign without two digits stands for itself, what is not UTF-8 becomes
    /// U+FFFD.
    public static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = false) -> String {
        String(decoding: Self.bytes(bytes, plusIsSpace: plusIsSpace), as: UTF8.self)
    }

    /// Returns the text of `bytes`, or nil where a percent sign has no two digits or the result is not UTF-8.
    static func strictlyDecoded(_ bytes: some Collection<UInt8>) -> String? {
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            bytes.formIndex(after: &index)
            if byte == UInt8(ascii: "%"), hexPair(bytes[index...]) == nil { return nil }
        }
        return String(validating: Self.bytes(bytes, plusIsSpace: false), as: UTF8.self)
    }

    fileprivate static func bytes(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            bytes.formIndex(after: &index)
            if byte == UInt8(ascii: "%"), let value = hexPair(bytes[index...]) {
                decoded.append(value)
                bytes.formIndex(&index, offsetBy: 2)
            } else {
                decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return decoded
    }

    /// Returns `text` with all but RFC 3986's unreserved characters encoded.
    public static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func hexPair(_ rest: some Collection<UInt8>) -> UInt8? {
        let pair = Array(rest.prefix(2))
        guard pair.count == 2, let high = hexDigit(pair[0]), let low = hexDigit(pair[1]) else { return nil }
        return high << 4 | low
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
