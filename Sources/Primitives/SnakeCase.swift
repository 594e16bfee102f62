/// Converts names of properties to those of the wire: `userID` to `user_id`, `addressLine1` to `address_line1`.
public enum SnakeCase {
    /// Returns the name that a property has on the wire.
    public static func name(of property: String) -> String {
        var (property, bytes) = (property, [UInt8]())
        property.withUTF8 { scan($0) { bytes.append($0) } }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Passes on the bytes of the name one after another, at most twice as many.
    ///
    /// A word begins at a capital behind a small letter or digit, and at the last of several capitals before a small
    /// letter.
    @inline(__always)
    static func scan(_ property: UnsafeBufferPointer<UInt8>, _ give: (UInt8) -> Void) {
        for index in 0..<property.count {
            let byte = property[index]
            guard isCapital(byte) else {
                give(byte)
                continue
            }
            if index > 0, !isCapital(property[index - 1]) || index + 1 < property.count && isSmall(property[index + 1])
            {
                give(UInt8(ascii: "_"))
            }
            give(byte | 0x20)
        }
    }

    private static func isCapital(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
    private static func isSmall(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
}
