import CResources

/// Reads the shipped table of subdivisions, country by country.
enum SubdivisionFile {
    /// A subdivision as the table has it.
    struct Row: Sendable {
        let code: String
        /// The code of the subdivision that it lies in; nil for an outermost one.
        let outer: String?
        /// Names in English and in the country's languages, and abbreviations.
        let names: [String]
    }

    /// Returns the rows of a country; nil where it has none.
    static func rows(of country: String) -> [Row]? {
        guard let range = places[country] else { return nil }
        return bytes[range].split(separator: lineFeed).map(row)
    }

    private static func row(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Row {
        let parts = line.split(separator: UInt8(ascii: "|")).map { String(decoding: $0, as: UTF8.self) }
        let codes = parts[0].utf8.split(separator: UInt8(ascii: ">")).map { String($0) ?? "" }
        return Row(code: codes[0], outer: codes.count > 1 ? codes[1] : nil, names: Array(parts.dropFirst()))
    }

    private static let lineFeed = UInt8(ascii: "\n")

    private static var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: kontor_subdivisions_bytes(), count: kontor_subdivisions_length)
    }

    /// The range of each country's rows, in bytes.
    private static let places: [String: Range<Int>] = {
        let bytes = Self.bytes
        var places: [String: Range<Int>] = [:]
        var (country, start) = ("", 0)
        var position = 0
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: lineFeed) ?? bytes.count
            if bytes[position] == UInt8(ascii: "=") {
                if !country.isEmpty { places[country] = start..<position }
                country = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
                start = min(end + 1, bytes.count)
            }
            position = end + 1
        }
        if !country.isEmpty { places[country] = start..<bytes.count }
        return places
    }()
}
