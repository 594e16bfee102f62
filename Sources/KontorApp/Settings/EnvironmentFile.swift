import Primitives
import SystemPackage

/// A `.env` file as Django's tools read it: `NAME=value` lines, `export` before them, comments after `#`, quotes around
/// values. swift-configuration's reader keeps the quotes as a part of the value.
enum EnvironmentFile {
    /// Reads the values that the file at `path` sets; none where there is no file.
    ///
    /// - Throws: `SettingsError` where the file cannot be read or a line of it sets nothing.
    static func read(_ path: String) throws -> [String: String] {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            defer { try? file.close() }
            var text: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while case let count = try chunk.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
                text += chunk.prefix(count)
            }
            return try parse(decoded(text))
        } catch Errno.noSuchFileOrDirectory {
            return [:]
        } catch let error as Errno {
            throw SettingsError(path, "cannot be read: \(error)")
        }
    }

    /// Returns the text of a file's bytes, without the mark that editors on Windows put before it: UTF-8, or UTF-16 where the
    /// mark says so, as PowerShell writes it.
    static func decoded(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes, lowAt: 0) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes, lowAt: 1) }
        let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return String(decoding: bytes[mark...], as: UTF8.self)
    }

    /// Returns the text after the mark; `lowAt` is where the low byte stands in each pair.
    private static func utf16(_ bytes: [UInt8], lowAt low: Int) -> String {
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { pair -> UInt16 in
            UInt16(bytes[pair + low]) | UInt16(bytes[pair + 1 - low]) << 8
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// Parses `text`; of a name that is set twice the last value counts.
    ///
    /// - Throws: `SettingsError` naming the first line that cannot be read.
    static func parse(_ text: String) throws -> [String: String] {
        var values: [String: String] = [:]
        for (index, line) in lines(text).enumerated() {
            if line.wholeMatch(of: /\s*(#.*)?/.matchingSemantics(.unicodeScalar)) != nil { continue }
            let setting = /\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)/
                .matchingSemantics(.unicodeScalar)
            guard let match = line.wholeMatch(of: setting), let value = value(match.2) else {
                throw SettingsError(".env", "is no NAME=value in line \(index + 1)")
            }
            values[String(match.1)] = value
        }
        return values
    }

    /// Returns the lines of `text`, whichever of Unicode's ends they have.
    private static func lines(_ text: String) -> [Substring] {
        var lines: [Substring] = []
        var rest = text[...]
        while let end = rest.unicodeScalars.firstIndex(where: { lineEnds.contains($0) }) {
            lines.append(rest[..<end])
            let isPair = rest.unicodeScalars[end...].starts(with: "\r\n".unicodeScalars)
            rest = Substring(rest.unicodeScalars[end...].dropFirst(isPair ? 2 : 1))
        }
        return lines + [rest]
    }

    private static let lineEnds: Set<Unicode.Scalar> = ["\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"]

    /// Returns a value without its quotes or the comment after it, nil where its quote is not closed.
    private static func value(_ text: Substring) -> String? {
        if let literal = text.wholeMatch(of: /'([^']*)'\s*(#.*)?/.matchingSemantics(.unicodeScalar)) {
            return String(literal.1)
        }
        if let quoted = text.wholeMatch(of: /"((?:[^"\\]|\\.)*)"\s*(#.*)?/.matchingSemantics(.unicodeScalar)) {
            return unescaped(quoted.1)
        }
        if text.begins(with: "'") || text.begins(with: "\"") { return nil }
        // A # inside a word belongs to it: passwords have them.
        let bare =
            text.firstMatch(of: /(?:^|\s)#/.matchingSemantics(.unicodeScalar)).map { text[..<$0.range.lowerBound] }
            ?? text
        return bare.trimmed
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                result.append(scalar == "n" ? "\n" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
