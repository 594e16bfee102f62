/// The place to which an order goes, as taxes and shipping look at it.
public struct Destination: Sendable, Hashable {
    /// ISO 3166-1 alpha-2.
    public let country: String
    /// ISO 3166-2 without the country, in capitals; empty where none is said.
    public let state: String

    /// Creates a destination from a country code in upper or lower case and a state by code or name.
    public init(country: String, state: String = "") {
        self.country = country.uppercased()
        self.state = Self.stateCode(state, in: self.country)
    }

    /// Creates the destination of an address.
    public init(_ address: PostalAddress) {
        self.init(country: address.country, state: address.state)
    }

    /// Returns a state in the form that is compared: `CA` for `ca`, `US-CA`, `Calif.` and `California`.
    ///
    /// Where a province and its region have one name, a rule (`isRule`) means the region, an address the province.
    public static func stateCode(_ text: String, in country: String, isRule: Bool = false) -> String {
        switch Subdivisions.read(text, in: country, isRule: isRule) {
        case .code(let code): code
        case .empty: ""
        case .uncoded, .unknown: StateName.withoutCountry(text, country).uppercased()
        }
    }

    /// The state with those that it lies in, the outermost first; empty where no state is given.
    public var states: [String] { state.isEmpty ? [] : Subdivisions.around(state, in: country) }

    /// Whether no state is given although the country has coded ones.
    public var lacksState: Bool { state.isEmpty && Subdivisions.areCoded(in: country) }

    /// The refusal of an address without a state where rates or zones are by state.
    public var missingState: ValidationError {
        ValidationError("state", "This field is required: taxes or shipping in \(country) depend on the state.")
    }
}
