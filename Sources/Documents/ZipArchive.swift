/// A ZIP of uncompressed files (APPNOTE.TXT of PKWARE, sections 4.3.7 to 4.3.16).
public struct ZipArchive: Sendable {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// Creates an archive without files.
    public init() {}

    /// Adds a file. Names come from the program: letters, digits, `.`, `-`, `_` and `/`; all files together stay below
    /// 4 GiB.
    public mutating func add(_ name: String, _ bytes: [UInt8]) {
        let offset = UInt32(truncatingIfNeeded: body.count)
        let (text, sum, size) = (Array(name.utf8), CRC32.sum(bytes), UInt32(truncatingIfNeeded: bytes.count))
        // Version 2.0, UTF-8 names, stored; the first day that the format knows.
        var common: [UInt8] = []
        for number in [20, 0x0800, 0, 0, 0x0021] as [UInt16] { common.append(number) }
        for number in [sum, size, size] { common.append(number) }
        common.append(UInt16(truncatingIfNeeded: text.count))
        common.append(0 as UInt16)
        body.append(0x0403_4B50 as UInt32)
        body += common + text + bytes
        directory.append(0x0201_4B50 as UInt32)
        directory.append(20 as UInt16)
        directory += common
        for number in [0, 0, 0] as [UInt16] { directory.append(number) }
        directory.append(0 as UInt32)
        directory.append(offset)
        directory += text
        count &+= 1
    }

    /// The archive with the files added so far.
    public var bytes: [UInt8] {
        var end: [UInt8] = []
        end.append(0x0605_4B50 as UInt32)
        for number in [0, 0, count, count] as [UInt16] { end.append(number) }
        end.append(UInt32(truncatingIfNeeded: directory.count))
        end.append(UInt32(truncatingIfNeeded: body.count))
        end.append(0 as UInt16)
        return body + directory + end
    }
}

extension [UInt8] {
    /// Appends a number, lowest byte first.
    fileprivate mutating func append(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { self += Array($0) }
    }
}

/// The check sum of ZIP and PNG (ISO 3309).
private enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }

    static func sum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] }
    }
}
