import Primitives

extension PostalAddress {
    /// Returns the lines of a letter to this address in the order that its country has for them, the country last; blank ones are
    /// left out. `country` is the country's name; without one its code stands there.
    public func letterLines(country name: String? = nil) -> [String] {
        let place = Self.place(in: country).cut(at: "|").map { filled($0) }
        return ([fullName, addressLine1, addressLine2] + place + [name ?? country]).filter { !$0.isEmpty }
    }

    /// Returns a line with `Z` replaced by the postal code, `C` by the city and `S` by the state; what stands before a blank one
    /// goes with it.
    private func filled(_ template: Substring) -> String {
        var (line, gap) = ("", "")
        for scalar in template.unicodeScalars {
            guard let value = value(scalar) else {
                gap.unicodeScalars.append(scalar)
                continue
            }
            if !value.isEmpty { line += (line.isEmpty ? "" : gap) + value }
            gap = ""
        }
        return line
    }

    private func value(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "Z": postalCode
        case "C": city
        case "S": state
        default: nil
        }
    }

    /// The lines of a place by country, as the Universal Postal Union lists them
    /// (https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions) and Unicode's address data has them
    /// for letters in Latin script.
    private static func place(in country: String) -> String {
        switch country {
        case "US", "PR", "VI", "GU", "AS", "MP", "UM": "C, S Z"
        case "CA", "AU": "C S Z"
        case "GB", "GG", "IM", "JE", "GI", "FK", "ZA", "LK", "KE": "C|Z"
        case "IE", "UA", "RU", "EG", "KR", "KZ", "BY": "C|S|Z"
        case "IN", "NG", "PE", "PK", "BD": "C Z|S"
        case "NZ", "SG", "SA", "IL", "JO", "MT", "BM", "NP", "LB", "BN", "MM": "C Z"
        case "IT", "ES", "SM", "VA", "UY", "VE": "Z C S"
        case "MX": "Z C, S"
        case "BR": "C-S|Z"
        case "TR": "Z C/S"
        case "JP", "CN", "TW", "CO": "C, S|Z"
        case "ID", "TH", "VN", "KH": "C|S Z"
        case "HU": "C|Z"
        case "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "FI", "FR", "GR", "HR", "IS", "LI", "LT", "LU", "LV", "MC",
            "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK":
            "Z C"
        default: "Z C|S"
        }
    }
}
