import Primitives

/// A media type with its parameters, as `Content-Type` holds it (RFC 9110, section 8.3.1).
struct MediaType: Sendable, Hashable {
    /// `type/subtype` in lower case; empty where the header was.
    let name: String
    /// The parameters by lower-case name; quoted values without their quotes.
    let parameters: [String: String]

    init(_ header: String) {
        let (name, parameters) = HeaderParameters.split(header)
        self.name = name.lowercased()
        self.parameters = parameters
    }

    /// The `charset` in lower case.
    var charset: String? { parameters["charset"]?.lowercased() }
}

/// The `value; name=value; name="quoted value"` form of several headers.
enum HeaderParameters {
    /// Returns the value before the first semicolon and the parameters by lower-case name, the first of each name.
    static func split(_ header: String) -> (value: String, parameters: [String: String]) {
        var parts = pieces(Array(header.utf8))
        guard !parts.isEmpty else { return ("", [:]) }
        let value = text(parts.removeFirst())
        var parameters: [String: String] = [:]
        for part in parts {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = text(part[..<equals]).lowercased()
            if parameters[name] == nil { parameters[name] = unquoted(text(part[(equals + 1)...])) }
        }
        return (value, parameters)
    }

    /// Splits at semicolons that stand outside quotes.
    private static func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var (start, index, isQuoted) = (0, 0, false)
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isQuoted: index += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ";") where !isQuoted:
                pieces.append(bytes[start..<index])
                start = index + 1
            default: break
            }
            index += 1
        }
        pieces.append(bytes[start...])
        return pieces
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self).trimmed }

    private static func unquoted(_ text: String) -> String {
        guard let inner = text.after("\"")?.before("\"") else { return text }
        var plain = ""
        var isEscaped = false
        for scalar in inner.unicodeScalars {
            if scalar == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.unicodeScalars.append(scalar)
                isEscaped = false
            }
        }
        return plain
    }
}
