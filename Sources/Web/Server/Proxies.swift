import HTTPTypes
import Primitives

/// The proxies whose word about the client is taken.
struct Proxies: Sendable {
    private let trusted: [IPNetwork]

    /// - Throws: `SettingsError` for what is neither an address nor a network.
    init(_ texts: [String]) throws(SettingsError) {
        self.trusted = try IPNetwork.list(texts, of: "TRUSTED_PROXIES")
    }

    var isEmpty: Bool { trusted.isEmpty }

    /// The client's address: the connection's, or the rightmost of `X-Forwarded-For` that is no proxy of ours.
    func client(connection: String, _ headers: HTTPFields) -> String {
        guard trusts(connection), let chain = headers[.xForwardedFor] else { return connection }
        var nearest = connection
        for text in chain.split(separator: ",").reversed() {
            let text = String(text).trimmed
            guard IPAddress(text) != nil else { return nearest }
            nearest = text
            if !trusts(text) { return text }
        }
        return nearest
    }

    /// `http` or `https`, as the nearest trusted proxy says.
    func scheme(connection: String, _ headers: HTTPFields) -> String {
        guard trusts(connection), let said = headers[.xForwardedProto] else { return "http" }
        return said.split(separator: ",").last.map { String($0).trimmed.lowercased() } == "https" ? "https" : "http"
    }

    private func trusts(_ text: String) -> Bool {
        guard !trusted.isEmpty, let address = IPAddress(text) else { return false }
        return trusted.contains { $0.contains(address) }
    }
}

/// A setting whose value cannot be used.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
    public let key: String
    public let value: String

    public var description: String { "\(key): \"\(value)\" cannot be used" }
}
