import Commerce
import Primitives

/// The names that a request's `Host` may have.
struct HostRule: Sendable {
    private let names: Set<String>
    private let suffixes: [String]
    let allowsAll: Bool

    init(_ allowed: [String], debug: Bool) {
        let local = debug ? ["localhost", ".localhost", "127.0.0.1", "[::1]"] : []
        let all = (allowed + local).map { $0.lowercased() }
        self.allowsAll = all.contains("*")
        self.names = Set(all.map { $0.after(".").map(String.init) ?? $0 })
        self.suffixes = all.filter { $0.begins(with: ".") }
    }

    /// Returns whether `host`, with or without a port, is one of ours.
    func allows(_ host: String) -> Bool {
        guard Self.isValid(host) else { return false }
        if allowsAll { return true }
        let name = Self.withoutPort(host).lowercased()
        return names.contains(name) || suffixes.contains { name.ends(with: $0) }
    }

    /// Returns whether a host is of letters, digits and what ports and IPv6 need, so that it can stand in a link.
    private static func isValid(_ host: String) -> Bool {
        guard !host.isEmpty, host.utf8.count <= 255 else { return false }
        return host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
                true
            default: false
            }
        }
    }

    private static func withoutPort(_ host: String) -> Substring {
        if host.begins(with: "["), let end = host.utf8.firstIndex(of: UInt8(ascii: "]")) { return host[...end] }
        return host.halves(at: ":").0
    }
}

/// A `Host` that is not ours: 400.
struct DisallowedHost: BusinessError {
    let kind = ErrorKind.invalid
    let code = "disallowed_host"
    let message = "Invalid HTTP_HOST header."
}
