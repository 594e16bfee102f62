import Primitives

/// Text inside URLs (RFC 3986, section 2.3).
enum PayPalText {
    /// Returns a text for a segment of a path or a value of a query.
    static func path(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.isPlainWord || scalar == "." || scalar == "~" {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "%" + Hex.encode([byte]).uppercased()
            }
        }
        return encoded
    }
}
