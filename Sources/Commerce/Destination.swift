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

    /// A state in the form that is compared: `CA` for `ca`, `US-CA`, `Calif.` and `California`.
    ///
    /// A rule (`isRule`) for a name that a province has in common with its region means the region.
    public static func stateCode(_ text: String, in country: String, isRule: Bool = false) -> String {
        switch Subdivisions.read(text, in: country, isRule: isRule) {
        case .code(let code): code
        case .empty: ""
        case .uncoded, .unknown: StateName.withoutCountry(text, country).uppercased()
        }
    }

    /// The state with those that it lies in, the outermost first; none where no state is said.
    public var states: [String] { state.isEmpty ? [] : Subdivisions.around(state, in: country) }

    /// Whether no state is said although the country has coded ones.
    public var lacksState: Bool { state.isEmpty && Subdivisions.areCoded(in: country) }

    /// The refusal of an address without a state where rates or zones are by state.
    public var missingState: ValidationError {
        ValidationError("state", "This field is required: taxes or shipping in \(country) depend on the state.")
    }
}
