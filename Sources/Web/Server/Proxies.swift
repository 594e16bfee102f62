import HTTPTypes
import Primitives

/// The proxies whose `X-Forwarded-…` headers are believed.
struct Proxies: Sendable {
    private let trusted: [IPNetwork]

    /// - Throws: `SettingsError` for what is neither an address nor a network.
    init(_ texts: [String]) throws(SettingsError) {
        self.trusted = try IPNetwork.list(texts, of: "TRUSTED_PROXIES")
    }

    var isEmpty: Bool { trusted.isEmpty }

    /// Returns the client's address: the connection's, or the rightmost of `X-Forwarded-For` that is no trusted proxy;
    /// unknown where one of them sent what is no address.
    func client(connection: ClientAddress, _ headers: HTTPFields) -> ClientAddress {
        guard connection.isIn(trusted), let chain = headers[.xForwardedFor] else { return connection }
        var nearest = connection
        for entry in Self.entries(chain).reversed() {
            nearest = ClientAddress(ForwardedAddress.read(entry))
            if !nearest.isIn(trusted) { return nearest }
        }
        return nearest
    }

    /// Returns whether the request came through a proxy that is not trusted.
    func isPassedOn(connection: ClientAddress, _ headers: HTTPFields) -> Bool {
        (headers.contains(.xForwardedFor) || headers.contains(.forwarded)) && !connection.isIn(trusted)
    }

    /// Returns `http` or `https`, as the nearest trusted proxy says.
    func scheme(connection: ClientAddress, _ headers: HTTPFields) -> String {
        guard connection.isIn(trusted), let said = headers[.xForwardedProto], let last = Self.entries(said).last
        else { return "http" }
        return String(Substring(last)).trimmed.lowercased() == "https" ? "https" : "http"
    }

    private static func entries(_ list: String) -> [Substring.UTF8View] {
        list[...].utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    }
}
