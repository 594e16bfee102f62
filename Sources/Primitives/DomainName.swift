import CIDN2

/// International domain names (IDNA2008): `müller.de` is `xn--mller-kva.de` on the wire.
public enum DomainName {
    /// Returns the form on the wire, in lower case; nil where `domain` cannot be written so.
    ///
    /// Capitals and decomposed accents are accepted. Other letters that look like ASCII ones (`ⓖmail.com`, the Kelvin
    /// sign) are refused, although a resolver would map them: they are the means of posing as another domain.
    public static func ascii(_ domain: some StringProtocol) -> String? {
        if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain.lowercased() }
        guard !domain.unicodeScalars.contains(where: becomesASCII) else { return nil }
        let lowered = String(domain).composed.lowercased()
        guard let found = text(kidn_ascii(lowered)), let shown = text(kidn_unicode(found)),
            shown.unicodeScalars.elementsEqual(lowered.unicodeScalars)
        else { return nil }
        return found
    }

    /// Returns the form that people read; nil where `ascii` holds no A-label, or one that stands for nothing.
    public static func unicode(_ ascii: some StringProtocol) -> String? {
        let ascii = ascii.lowercased()
        guard ascii.utf8.split(separator: UInt8(ascii: ".")).contains(where: { $0.starts(with: "xn--".utf8) }),
            let found = text(kidn_unicode(ascii)), self.ascii(found) == ascii
        else { return nil }
        return found
    }

    /// Returns the form in which domains are compared: lower case, as people read it where it is an international one.
    public static func compared(_ domain: some StringProtocol) -> String {
        guard let ascii = ascii(domain) else { return domain.lowercased() }
        return unicode(ascii) ?? ascii
    }

    private static func becomesASCII(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isASCII && String(Character(scalar)).composed.lowercased().unicodeScalars.contains(where: \.isASCII)
    }

    private static func text(_ found: UnsafeMutablePointer<CChar>?) -> String? {
        guard let found else { return nil }
        defer { kidn_free(found) }
        return String(cString: found)
    }
}
