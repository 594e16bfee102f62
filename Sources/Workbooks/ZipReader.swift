import Deflate
import Primitives

/// The files within a ZIP, by its directory (APPNOTE.TXT of PKWARE, sections 4.3.7 to 4.3.16), without ZIP64 and
/// encryption.
struct ZipReader {
    private struct Entry {
        let method: Int
        let checkSum: UInt32
        let packedSize: Int
        let size: Int
        let offset: Int
    }

    private let bytes: [UInt8]
    private var entries: [String: Entry] = [:]
    /// The bytes that may still be unpacked.
    private var budget: Int

    /// Reads the directory.
    ///
    /// - Throws: `WorkbookError.unreadable`, `.tooLarge` where there are too many files.
    init(_ bytes: [UInt8], budget: Int) throws(WorkbookError) {
        self.bytes = bytes
        self.budget = budget
        guard let end = Self.end(of: bytes) else { throw .unreadable }
        let (count, start) = (bytes.number(at: end + 10, 2), bytes.number(at: end + 16, 4))
        guard count <= WorkbookLimits.parts else { throw .tooLarge }
        var place = start
        for _ in 0..<count {
            guard place + 46 <= bytes.count, bytes.number(at: place, 4) == 0x0201_4B50 else { throw .unreadable }
            let (nameLength, rest) = (
                bytes.number(at: place + 28, 2), [30, 32].map { bytes.number(at: place + $0, 2) }
            )
            let next = place + 46 + nameLength + rest[0] + rest[1]
            guard next <= bytes.count else { throw .unreadable }
            let name = String(decoding: bytes[place + 46..<place + 46 + nameLength], as: UTF8.self)
            // Whether it is encrypted is the lowest bit of the flags.
            guard bytes.number(at: place + 8, 2) & 1 == 0 else { throw .unreadable }
            entries[Self.key(name)] = Entry(
                method: bytes.number(at: place + 10, 2),
                checkSum: UInt32(truncatingIfNeeded: bytes.number(at: place + 16, 4)),
                packedSize: bytes.number(at: place + 20, 4), size: bytes.number(at: place + 24, 4),
                offset: bytes.number(at: place + 42, 4))
            place = next
        }
    }

    /// Returns whether there is a file of this name, in any case.
    func has(_ name: String) -> Bool { entries[Self.key(name)] != nil }

    /// Returns a file of at most `most` bytes by its name in any case, nil where there is none.
    ///
    /// - Throws: `WorkbookError.tooLarge` where it is beyond what may be unpacked, `.unreadable` where it is broken.
    mutating func file(_ name: String, most: Int = WorkbookLimits.bytes) throws(WorkbookError) -> [UInt8]? {
        guard let entry = entries[Self.key(name)] else { return nil }
        guard entry.size <= min(budget, most) else { throw .tooLarge }
        budget -= entry.size
        let head = entry.offset
        guard head + 30 <= bytes.count, bytes.number(at: head, 4) == 0x0403_4B50 else { throw .unreadable }
        let start = head + 30 + bytes.number(at: head + 26, 2) + bytes.number(at: head + 28, 2)
        guard start + entry.packedSize <= bytes.count else { throw .unreadable }
        let packed = bytes[start..<start + entry.packedSize]
        switch entry.method {
        case 0:
            let plain = Array(packed)
            guard plain.count == entry.size, Inflate.checkSum(of: plain) == entry.checkSum else { throw .unreadable }
            return plain
        case 8:
            guard let plain = Inflate.raw(packed, size: entry.size, checkSum: entry.checkSum) else { throw .unreadable }
            return plain
        default: throw .unreadable
        }
    }

    private static func key(_ name: String) -> String {
        name.replacing(scalars: { $0 == "\\" ? "/" : nil }).lowercased()
    }

    /// Returns where the end record begins, behind which a comment of up to 65,535 bytes may follow.
    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        return (max(0, bytes.count - 22 - 65_535)...bytes.count - 22).last { bytes.number(at: $0, 4) == 0x0605_4B50 }
    }
}

extension [UInt8] {
    /// Returns the number of `length` bytes at a place, lowest byte first. The place has to be within.
    fileprivate func number(at place: Int, _ length: Int) -> Int {
        (0..<length).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
    }
}
