import Outbound
import Primitives

/// The rules for the address of a receiver.
struct WebhookAddress: Sendable {
    /// Private networks that may be called all the same.
    let allowed: [PeerNetwork]

    static let invalid = "Enter a valid URL."
    static let privateHost = "The address is not public."

    /// Returns why a URL is refused; nil where it may be called, as far as it can be told without asking for its name.
    func problem(with url: String) -> String? {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return Self.invalid }
        guard let rest = Self.afterScheme(url) else { return "Enter a URL that begins with https:// or http://." }
        if url.holds("#") { return "A URL of a webhook has no fragment." }
        let authority = String(rest.halves(at: "/").0.halves(at: "?").0)
        if authority.holds("@") { return "A URL of a webhook has no user name and no password." }
        guard let host = Self.host(of: authority) else { return Self.invalid }
        return isRefused(host) ? Self.privateHost : nil
    }

    private static func afterScheme(_ url: String) -> Substring? {
        for scheme in ["https://", "http://"] where url.prefix(scalars: scheme.utf8.count).lowercased() == scheme {
            return url.dropFirst(scheme.utf8.count)
        }
        return nil
    }

    /// Returns the host of `host:port`, without the brackets of IPv6; nil where it is malformed.
    private static func host(of authority: String) -> String? {
        let (name, port): (Substring, Substring?)
        if let inner = authority.after("[") {
            let (address, rest) = inner.halves(at: "]")
            guard let rest, PeerAddress(String(address)) != nil else { return nil }
            guard rest.isEmpty || rest.begins(with: ":") else { return nil }
            (name, port) = (address, rest.isEmpty ? nil : rest.dropFirst())
        } else {
            (name, port) = authority.halves(at: ":")
            guard name.utf8.allSatisfy(isOfName), !name.begins(with: "."), !name.holds(text: "..") else { return nil }
        }
        if let port, !(Int(port).map { (1...65_535).contains($0) } ?? false) { return nil }
        return name.isEmpty ? nil : String(name)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private func isRefused(_ host: String) -> Bool {
        let name = host.lowercased().before(".").map(String.init) ?? host.lowercased()
        if name.isSame(as: "localhost") || name.ends(with: ".localhost") { return !allows("127.0.0.1") }
        guard let address = PeerAddress(anySpelling: name) else { return false }
        return !address.isPublic && !allowed.contains { $0.contains(address) }
    }

    private func allows(_ address: String) -> Bool {
        PeerAddress(address).map { address in allowed.contains { $0.contains(address) } } ?? false
    }
}
