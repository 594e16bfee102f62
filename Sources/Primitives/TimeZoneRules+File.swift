import FoundationEssentials

extension TimeZoneRules {
    /// The folder in which Linux keeps the IANA database.
    private static let folder = "/usr/share/zoneinfo/"

    /// Creates the zone of this name, `Europe/Berlin`; `UTC` needs no file.
    ///
    /// - Throws: `Failure`.
    public init(named name: String) throws(Failure) {
        if name == "UTC" {
            self = .utc
            return
        }
        guard Self.isValid(name), let data = try? Data(contentsOf: URL(filePath: Self.folder + name))
        else { throw .unknown(name) }
        try self.init(name: name, file: Array(data))
    }

    /// Returns whether there is a zone of this name; where the machine has no zones at all, whether there might be.
    public static func mayExist(_ name: String) -> Bool {
        if (try? TimeZoneRules(named: name)) != nil { return true }
        return (try? TimeZoneRules(named: "Etc/UTC")) == nil && isValid(name)
    }

    /// The names of the zones by places of the world, `UTC` first; `UTC` alone where the machine has no list of them.
    public static let names: [String] = {
        let list = (try? Data(contentsOf: URL(filePath: folder + "zone.tab"))) ?? Data()
        let lines = String(decoding: list, as: UTF8.self).cut(at: "\n", keepsEmpty: false)
        let names = lines.filter { !$0.begins(with: "#") }.compactMap { line -> String? in
            let columns = line.cut(at: "\t")
            return columns.count > 2 ? columns[2].trimmed : nil
        }
        return ["UTC"] + Set(names).sorted()
    }()

    private static func isValid(_ name: String) -> Bool {
        name.utf8.allSatisfy(isValid) && !name.begins(with: "/") && !name.holds(text: "//")
    }

    private static func isValid(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_-+/".utf8.contains(byte)
        }
    }

    /// Reads a TZif file of version 2 or later.
    init(name: String, file: [UInt8]) throws(Failure) {
        var reader = TimeZoneReader(bytes: file)
        guard let old = reader.header(), old.version >= 2, reader.skip(old.length(timeSize: 4)),
            let header = reader.header(), let block = reader.block(header)
        else { throw .malformed(name) }
        self.init(
            name: name, transitions: block.transitions, offsets: block.offsets, first: block.first,
            rule: reader.footer().flatMap { TimeZoneFooter($0) })
    }
}

/// Walks through a TZif file; every step is nil or false where the file ends too early.
private struct TimeZoneReader {
    struct Header {
        let version: Int
        /// In the order of RFC 8536 3.1: UT/local indicators, standard/wall indicators, leap seconds, transitions,
        /// types, characters of designations.
        let counts: [Int]

        func length(timeSize: Int) -> Int {
            counts[3] * (timeSize + 1) + counts[4] * 6 + counts[5] + counts[2] * (timeSize + 4) + counts[1] + counts[0]
        }
    }

    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func header() -> Header? {
        guard let magic = take(4), magic.elementsEqual(Array("TZif".utf8)), let version = take(1)?.first, skip(15)
        else {
            return nil
        }
        let counts = (0..<6).compactMap { _ in number(4).map { Int(UInt32(truncatingIfNeeded: $0)) } }
        guard counts.count == 6, counts[4] > 0, counts.allSatisfy({ $0 < 100_000 }) else { return nil }
        return Header(version: version == 0 ? 1 : Int(version) - 0x30, counts: counts)
    }

    mutating func block(_ header: Header) -> (transitions: [Int64], offsets: [Int], first: Int)? {
        let transitions = (0..<header.counts[3]).compactMap { _ in number(8) }
        guard transitions.count == header.counts[3], let kinds = take(header.counts[3]) else { return nil }
        var types: [Int] = []
        for _ in 0..<header.counts[4] {
            guard let offset = number(4), skip(2) else { return nil }
            types.append(Int(Int32(truncatingIfNeeded: offset)))
        }
        guard skip(header.counts[5] + header.counts[2] * 12 + header.counts[1] + header.counts[0]),
            kinds.allSatisfy({ Int($0) < types.count })
        else { return nil }
        return (transitions, kinds.map { types[Int($0)] }, types[0])
    }

    /// Reads the TZ string between the last two line feeds; nil where it is empty.
    mutating func footer() -> String? {
        guard skip(1), let end = bytes[place...].firstIndex(of: 0x0A), end > place else { return nil }
        return String(validating: bytes[place..<end], as: UTF8.self)
    }

    mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, bytes.count - place >= count else { return nil }
        defer { place += count }
        return bytes[place..<place + count]
    }

    /// Reads a big-endian number of `size` bytes.
    private mutating func number(_ size: Int) -> Int64? {
        take(size).map { $0.reduce(0) { $0 << 8 | Int64($1) } }
    }
}
