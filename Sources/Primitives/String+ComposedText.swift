@_spi(_Unicode) import Swift

extension String {
    /// The text in Unicode's Normalization Form C: what keyboards write in two ways (`ü` as one scalar or as two)
    /// becomes one text.
    public var composed: String {
        // Swift's own tables; the public library has no name for them yet.
        utf8.allSatisfy { $0 < 0x80 } ? self : String(String.UnicodeScalarView(_nfc))
    }
}
