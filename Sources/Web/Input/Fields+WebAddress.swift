import Primitives

extension Fields {
    /// Reads a whole web address that is to change; nil where none is sent.
    public func urlChange(_ name: String) -> String? {
        change(name, length: 0...200, or: "Enter a valid URL.") { WebAddress.isWhole($0) ? $0 : nil }
    }
}

/// The form of the addresses of web pages.
public enum WebAddress {
    /// Returns whether a text is an address of `http` or `https` whose host has a dot or a port, without white space or
    /// control characters.
    public static func isWhole(_ text: String) -> Bool {
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: { lower.begins(with: $0) }) else { return false }
        guard
            text.unicodeScalars.allSatisfy({
                $0.value > 0x20 && $0.value != 0x7F && !"<>\"".unicodeScalars.contains($0)
            })
        else { return false }
        let rest = Substring(text.utf8.dropFirst(scheme.utf8.count)).unicodeScalars
        let host = Substring(rest.prefix { !"/?#".unicodeScalars.contains($0) })
        return host.holds(".") && !host.begins(with: ".") && !host.ends(with: ".") && !host.holds("@")
    }
}
