/// The encodings in which spreadsheets save text.
enum TableEncoding {
    private static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let bigEndianMark: [UInt8] = [0xFE, 0xFF]
    private static let littleEndianMark: [UInt8] = [0xFF, 0xFE]

    /// Returns the text in UTF-8 and without a byte order mark; nil where the bytes are no text.
    ///
    /// UTF-16 is known by its mark, or by the zeros that every other byte of Latin text has; what is no UTF-8 is read as
    /// Windows-1252, which Excel writes as plain "CSV" in western Europe.
    static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
        if bytes.starts(with: utf8Mark) { return valid(Array(bytes.dropFirst(utf8Mark.count))) }
        if bytes.starts(with: littleEndianMark) { return utf16(bytes.dropFirst(2), isBigEndian: false) }
        if bytes.starts(with: bigEndianMark) { return utf16(bytes.dropFirst(2), isBigEndian: true) }
        if let zero = bytes.prefix(4).firstIndex(of: 0) { return utf16(bytes[...], isBigEndian: zero % 2 == 0) }
        return valid(bytes) ?? windows1252(bytes)
    }

    private static func valid(_ bytes: [UInt8]) -> [UInt8]? {
        String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8]? {
        guard bytes.count % 2 == 0 else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: bytes.startIndex, to: bytes.endIndex, by: 2) {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
        }
        return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
    }

    private static func windows1252(_ bytes: [UInt8]) -> [UInt8]? {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let code = (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt16(byte)
            guard code > 0, let scalar = Unicode.Scalar(code) else { return nil }
            text.append(scalar)
        }
        return Array(String(text).utf8)
    }

    /// What the bytes from 0x80 to 0x9F stand for (https://encoding.spec.whatwg.org/#windows-1252, whose controls are
    /// no text); 0 for none.
    private static let upper: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]
}
