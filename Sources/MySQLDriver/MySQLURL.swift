import Primitives

/// The reason why a text is not the address of a database. No message repeats the text, which may hold a password.
public enum MySQLURLError: Error, Equatable, CustomStringConvertible {
    /// The text does not begin with `mysql://` or `mariadb://`.
    case scheme
    /// A `%` is not followed by two hexadecimal digits, or the bytes are not UTF-8.
    case encoding
    /// The port is no number from 1 to 65535, or the brackets of an IPv6 address are not closed.
    case address
    /// The path has more than one part.
    case path
    /// An option after `?` is unknown or has a value that is not allowed.
    case option(String)

    /// A sentence for the log and the command line.
    public var description: String {
        switch self {
        case .scheme: "the database address must begin with mysql:// or mariadb://"
        case .encoding: "the database address has a % without two hexadecimal digits, or bytes that are not UTF-8"
        case .address: "the host or port of the database address cannot be read"
        case .path: "the path of the database address must be the database's name alone"
        case .option(let name): "the option \(name) of the database address is unknown or has no such value"
        }
    }
}

extension MySQLConfiguration {
    /// Reads `mysql://user:password@host:port/name?tls=required`.
    ///
    /// User, password, name and options are percent-decoded; whatever is left out keeps its default. The options are
    /// `tls` (`off`, `required`, `verified`), `ca` (a PEM file; implies `verified`), `socket` (a Unix socket's path)
    /// and `pool`.
    ///
    /// - Throws: `MySQLURLError`.
    public init(url: String) throws(MySQLURLError) {
        guard let rest = Self.afterScheme(url) else { throw .scheme }
        let (location, options) = rest.halves(at: "?")
        let (authority, path) = location.halves(at: "/")
        guard path?.holds("/") != true else { throw .path }
        self.init()
        if let at = authority.utf8.lastIndex(of: UInt8(ascii: "@")) {
            try readUser(authority[..<at])
            try readAddress(authority[authority.utf8.index(after: at)...])
        } else {
            try readAddress(authority)
        }
        if let path, !path.isEmpty { database = try decoded(path) }
        for option in (options ?? "").cut(at: "&", keepsEmpty: false) { try readOption(option) }
    }

    private static func afterScheme(_ url: String) -> Substring? {
        for scheme in ["mysql://", "mariadb://"] where url.lowercased().begins(with: scheme) {
            return url.dropFirst(scheme.utf8.count)
        }
        return nil
    }

    private mutating func readUser(_ text: Substring) throws(MySQLURLError) {
        let (name, secret) = text.halves(at: ":")
        user = try decoded(name)
        if let secret { password = try decoded(secret) }
    }

    private mutating func readAddress(_ text: Substring) throws(MySQLURLError) {
        var portText: Substring?
        if let inner = text.after("[") {
            let (name, tail) = inner.halves(at: "]")
            guard let tail else { throw .address }
            host = String(name)
            portText = tail.after(":")
            guard tail.isEmpty || portText != nil else { throw .address }
        } else {
            let (name, number) = text.halves(at: ":")
            if !name.isEmpty { host = try decoded(name) }
            portText = number
        }
        guard let portText else { return }
        guard let number = UInt16(portText), number > 0 else { throw .address }
        port = Int(number)
    }

    private mutating func readOption(_ text: Substring) throws(MySQLURLError) {
        let (name, encoded) = text.halves(at: "=")
        let value = try decoded(encoded ?? "")
        switch (name, value) {
        case ("tls", "off"): tls = .off
        case ("tls", "required"): tls = .required
        case ("tls", "verified"): if case .verified = tls {} else { tls = .verified(authority: nil) }
        case ("ca", _) where !value.isEmpty: tls = .verified(authority: value)
        case ("socket", _) where !value.isEmpty: socket = value
        case ("pool", _):
            guard let size = Int(value), (1...1_000).contains(size) else { throw .option("pool") }
            poolSize = size
        default: throw .option(String(name))
        }
    }

    private func decoded(_ text: Substring) throws(MySQLURLError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimalDigit),
                let low = rest.popFirst().flatMap(hexadecimalDigit)
            else { throw .encoding }
            bytes.append(high << 4 | low)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .encoding }
        return text
    }
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
