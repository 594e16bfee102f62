import Primitives
import Web

/// The address to which a payer comes back: absolute, http or https, and safe in a header.
struct ReturnAddress: Sendable, Hashable {
    /// The scheme with the host and the port: `https://shop.test:8443`.
    let origin: String
    private let rest: String
    private let fragment: String?

    /// Reads an address; nil where it is of another scheme, names no host, or holds white space or control characters. Letters
    /// beyond ASCII are percent-encoded, as browsers do.
    init?(_ text: String) {
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" }) else { return nil }
        let lower = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: { lower.begins(with: $0) }) else { return nil }
        let (address, fragment) = Substring(text.unicodeScalars.dropFirst(scheme.utf8.count)).halves(at: "#")
        let host = address.unicodeScalars.prefix { $0 != "/" && $0 != "?" }
        guard !host.isEmpty, host.allSatisfy(Self.isHost) else { return nil }
        origin = scheme + String(host)
        rest = Self.ascii(String(address.unicodeScalars.dropFirst(host.count)))
        self.fragment = fragment.map { Self.ascii(String($0)) }
    }

    /// Returns the address with one more item in its query, before the fragment.
    func adding(_ name: String, _ value: String) -> String {
        let path = rest.begins(with: "/") ? rest : "/" + rest
        let (_, query) = path.halves(at: "?")
        let joint = query.map { $0.isEmpty || $0.ends(with: "&") ? "" : "&" } ?? "?"
        let item = PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value)
        return origin + path + joint + item + (fragment.map { "#" + $0 } ?? "")
    }

    /// Names, IPv4 and IPv6 addresses, and a port; nobody's name and password.
    private static func isHost(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isPlainWord || [".", ":", "[", "]"].contains(scalar)
    }

    private static func ascii(_ text: String) -> String {
        text.replacing(scalars: { $0.isASCII ? nil : PercentEncoding.encode(String($0)) })
    }
}
