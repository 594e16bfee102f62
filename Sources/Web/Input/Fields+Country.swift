import Commerce
import Primitives

extension Fields {
    /// Reads a country by its alpha-2 code of ISO 3166-1, in upper or lower case; returns the code in capitals.
    public func country(_ name: String) -> String {
        read(name, .required, .country, standIn: "") { Self.country($0) }
    }

    /// Reads a country as ``country(_:)`` reads it, which may be left out, null or blank.
    public func optionalCountry(_ name: String) -> String? {
        read(name, .optional(nil), .country, standIn: nil) { sent in
            sent == .string("") ? .value(nil) : Self.country(sent).asOptional
        }
    }

    /// Reads a list of countries as ``country(_:)`` reads them, without repetitions; left out it is empty.
    public func countries(_ name: String) -> [String] {
        read(name, .optional([]), .list(of: .country, limit: 300), standIn: []) { sent in
            elements(sent, limit: 300, Self.country)
        }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func country(_ sent: JSONValue) -> Conversion<String> {
        guard case .string(let sent) = sent else { return .refused("Not a valid string.") }
        let text = sent.trimmed
        if text.isEmpty { return .refused("This field may not be blank.") }
        guard let code = Country.code(text) else {
            return .refused("\"\(text)\" is not a valid country code of ISO 3166-1 alpha-2.")
        }
        return .value(code)
    }
}

extension JSONSchema {
    /// A code of two letters.
    fileprivate static let country = JSONSchema.type(
        "string", ["format": .string("iso-3166-1-alpha-2"), "maxLength": .number("2")])
}
