import CMaxMind

/// Where an address is, as far as the database tells.
struct Place: Sendable, Hashable {
    /// In English, at most 100 scalars; empty where it is not known.
    let city: String
    /// ISO 3166-1 alpha-2, `DE`; empty where it is not known.
    let country: String

    static let unknown = Place(city: "", country: "")
}

/// The places of IP addresses, from a MaxMind DB file such as GeoLite2 City.
///
/// The file is mapped into memory for as long as this lives: a newer one is moved over it, never written into it.
public final class GeoDatabase: Sendable {
    private static let cityLimit = 100

    /// Invariant behind `nonisolated(unsafe)`: a look-up only reads what is behind it, and `deinit` closes it after the
    /// last look-up.
    private nonisolated(unsafe) let handle: OpaquePointer

    /// Opens the database at `path`.
    ///
    /// - Throws: `GeoDatabaseError` where the file cannot be read or is no such database.
    public init(path: String) throws(GeoDatabaseError) {
        var code: Int32 = 0
        guard let opened = kmm_open(path, &code) else {
            throw GeoDatabaseError(path: path, detail: kmm_error(code).map { String(cString: $0) } ?? "\(code)")
        }
        handle = opened
    }

    deinit { kmm_close(handle) }

    /// Returns the place of an IPv4 or IPv6 address; `unknown` where the database has none for it, or it is no address.
    func place(of address: String) -> Place {
        // In C the text would end at a NUL, and what stands before it could be an address.
        guard !address.utf8.contains(0) else { return .unknown }
        // One more byte than a country has, so that a longer text is not cut to the code of another country.
        var country = [CChar](repeating: 0, count: 4)
        var city = [CChar](repeating: 0, count: Self.cityLimit * 4 + 1)
        guard kmm_lookup(handle, address, &country, country.count, &city, city.count) == 1 else { return .unknown }
        let code = Self.text(country)
        let name = Self.text(city).unicodeScalars.prefix(Self.cityLimit)
        return Place(city: String(String.UnicodeScalarView(name)), country: code.utf8.count == 2 ? code : "")
    }

    private static func text(_ bytes: [CChar]) -> String {
        String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// The reason why a file of places cannot be used.
public struct GeoDatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file that was to be opened.
    public let path: String
    /// The reason in libmaxminddb's words.
    public let detail: String

    /// The path and the reason, as the start prints them.
    public var description: String { "\(path): \(detail)" }
}
