import Primitives
import Synchronization

/// The scheme and host that links to this shop begin with where no request is there to tell: in jobs, and on the way to gateways.
///
/// `PUBLIC_URL` where that is set, else the address that the server listens on. A `Mutex` around a text, written once at the start.
public final class PublicAddress: Sendable {
    private let fixed: String?
    private let listening: Listening

    /// Where the server listens, whatever the settings say of the address.
    private final class Listening: Sendable {
        let url: Mutex<String>

        init(_ url: String) {
            self.url = Mutex(url)
        }
    }

    /// Reads `PUBLIC_URL`; until the server listens, `HOST` and `PORT` are what it will listen on. With `other` the server is
    /// one that listens already, or will.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, as other: PublicAddress? = nil) throws {
        fixed = try source.webAddress("PUBLIC_URL")
        let port = try source.number("PORT", or: 8_000, in: 0...65_535)
        listening = other?.listening ?? Listening(Self.url(source.text("HOST", or: "127.0.0.1"), port))
    }

    /// Notes where the server listens.
    public func listen(host: String, port: Int) { listening.url.withLock { $0 = Self.url(host, port) } }

    /// The scheme and host, without a final slash.
    public var text: String { fixed ?? listening.url.withLock { $0 } }

    /// Returns an address that this machine reaches: one of all addresses is not one.
    private static func url(_ host: String, _ port: Int) -> String {
        let name = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        return "http://\(name.holds(":") ? "[\(name)]" : name):\(port)"
    }
}
