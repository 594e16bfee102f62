/// Base64 with the URL-safe alphabet and no padding (RFC 4648, section 5).
public enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Returns the text of `bytes`, four characters for three bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        BitGroups.encode(bytes, width: 6, alphabet: alphabet)
    }

    /// Returns the bytes of `text`; nil where a character is not of the alphabet or the last one is of no whole byte.
    public static func decode(_ text: String) -> [UInt8]? {
        BitGroups.decode(text.utf8, width: 6, alphabet: alphabet)
    }
}

/// Base64 with padding (RFC 4648, section 4): what other programs write.
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Returns the text of `bytes`, padded with `=` to a multiple of four characters.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = BitGroups.encode(bytes, width: 6, alphabet: alphabet)
        return digits + String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
    }

    /// Returns the bytes of `text`, with or without its padding; nil where a character is not of the alphabet or the
    /// last one is of no whole byte.
    public static func decode(_ text: String) -> [UInt8]? {
        var digits = Substring(text).utf8
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        return BitGroups.decode(digits, width: 6, alphabet: alphabet)
    }
}

/// Base32 without padding (RFC 4648, section 6): the alphabet of TOTP secrets.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// Returns the text of `bytes` in capitals, eight characters for five bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        BitGroups.encode(bytes, width: 5, alphabet: alphabet)
    }

    /// Returns the bytes of `text` in either case; nil where a character is not of the alphabet or the last one is of
    /// no whole byte.
    public static func decode(_ text: String) -> [UInt8]? {
        BitGroups.decode(text.utf8.lazy.map(capital), width: 5, alphabet: alphabet)
    }
}

/// Returns the capital of a small letter of ASCII, any other byte as it is: `ß` is not two letters here, nor `ſ` one.
private func capital(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 0x20 : byte
}

/// Lower-case hexadecimal.
public enum Hex {
    private static let alphabet = Array("0123456789abcdef".utf8)
    private static let capitals = Array("0123456789ABCDEF".utf8)

    /// Returns two digits for each byte.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        BitGroups.encode(bytes, width: 4, alphabet: alphabet)
    }

    /// Returns the bytes of `text` in either case; nil where it is not whole bytes of hexadecimal digits.
    public static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count.isMultiple(of: 2) else { return nil }
        return BitGroups.decode(text.utf8.lazy.map(capital), width: 4, alphabet: capitals)
    }
}

/// The one loop behind the alphabets: bytes read as groups of `width` bits.
private enum BitGroups {
    static func encode(_ bytes: some Sequence<UInt8>, width: Int, alphabet: [UInt8]) -> String {
        var text: [UInt8] = []
        var buffer = 0
        var held = 0
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            held += 8
            while held >= width {
                held -= width
                text.append(alphabet[buffer >> held & (1 << width - 1)])
            }
        }
        if held > 0 { text.append(alphabet[buffer << (width - held) & (1 << width - 1)]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func decode(_ text: some Sequence<UInt8>, width: Int, alphabet: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = 0
        var held = 0
        for byte in text {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            buffer = (buffer << width | digit) & 0xFFFF
            held += width
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(buffer >> held & 0xFF))
            }
        }
        return held < width ? bytes : nil
    }
}
