/// Where an order goes, as taxes and shipping look at it.
public struct Destination: Sendable, Hashable {
    /// ISO 3166-1 alpha-2.
    public let country: String
    /// ISO 3166-2 without the country, in capitals; empty where none is said.
    public let state: String

    public init(country: String, state: String = "") {
        self.country = country.uppercased()
        self.state = Self.stateCode(state, in: self.country)
    }

    public init(_ address: PostalAddress) {
        self.init(country: address.country, state: address.state)
    }

    /// A state in the form that is compared: `CA` for `ca` and for `US-CA`.
    public static func stateCode(_ text: String, in country: String) -> String {
        let code = text.uppercased()
        return code.hasPrefix(country + "-") ? String(code.dropFirst(country.utf8.count + 1)) : code
    }
}
