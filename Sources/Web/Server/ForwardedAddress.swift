/// One entry of `X-Forwarded-For` as proxies write it: an address, with a port or without, in quotes or without them.
enum ForwardedAddress {
    /// Returns the address of `entry`: `198.51.100.7`, `198.51.100.7:4711`, `2001:db8::7`, `[2001:db8::7]:4711`, each
    /// also in double quotes; nil for anything else, zones (`fe80::1%eth0`) too.
    static func read(_ entry: Substring.UTF8View) -> IPAddress? {
        let text = unquoted(trimmed(entry))
        if text.first == UInt8(ascii: "[") { return bracketed(text) }
        if let address = IPAddress(Substring(text)) { return address }
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")), isPort(text[text.index(after: colon)...]) else {
            return nil
        }
        let host = text[..<colon]
        // Of an address with several colons none can be told to be a port's.
        return host.contains(UInt8(ascii: ":")) ? nil : IPAddress(Substring(host))
    }

    private static func bracketed(_ text: Substring.UTF8View) -> IPAddress? {
        guard let end = text.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let host = text[text.index(after: text.startIndex)..<end]
        let rest = text[text.index(after: end)...]
        guard rest.isEmpty || rest.first == UInt8(ascii: ":") && isPort(rest.dropFirst()),
            host.contains(UInt8(ascii: ":"))
        else { return nil }
        return IPAddress(Substring(host))
    }

    private static func isPort(_ text: Substring.UTF8View) -> Bool {
        guard (1...5).contains(text.count),
            text.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return false }
        return UInt16(Substring(text)) != nil
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text
        while let first = text.first, isBlank(first) { text.removeFirst() }
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func unquoted(_ text: Substring.UTF8View) -> Substring.UTF8View {
        let quote = UInt8(ascii: "\"")
        guard text.count >= 2, text.first == quote, text.last == quote else { return text }
        return text.dropFirst().dropLast()
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
