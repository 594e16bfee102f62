import Commerce
import Primitives
import SQL
import Web

/// The tax rate of a class of goods in a country, or in one state of it.
public struct TaxRule: Sendable, Hashable {
    /// The primary key; 0 until the rule is stored.
    public internal(set) var id = TaxRuleID(0)
    var name = ""
    /// ISO 3166-1 alpha-2.
    var country = ""
    /// ISO 3166-2 without the country; empty for the whole country.
    var state = ""
    var taxClass = TaxClass.standard
    /// Millionths: 190,000 is 19 %.
    var rate: Int64 = 0
    /// Counts changes of the row, from 1.
    public internal(set) var version = 1
    var createdAt = Timestamp(seconds: 0)
    var updatedAt = Timestamp(seconds: 0)

    /// Creates a rule of 0 % for the standard class, without a country.
    public init() {}

    /// Creates a rule of `rate` millionths for a class of goods in a country, or in one state of it.
    public init(
        _ name: String, country: String, state: String = "", taxClass: String = TaxClass.standard, rate: Int64
    ) {
        self.name = name
        self.country = country
        self.state = state
        self.taxClass = taxClass
        self.rate = rate
    }
}

extension TaxRule {
    /// The state in the form that is compared; rows from before it was checked may have a name.
    var stateCode: String { Destination.stateCode(state, in: country, isRule: true) }

    /// Returns this rate with its state by its code.
    ///
    /// - Throws: `ValidationError` on `state` where the country has no such state.
    func checked() throws(ValidationError) -> TaxRule {
        var checked = self
        checked.state = stateCode
        if Subdivisions.read(state, in: country, isRule: true) == .unknown {
            throw ValidationError("state", Subdivisions.refusal(state, in: country))
        }
        guard checked.state.unicodeScalars.count <= 10 else {
            throw ValidationError("state", "Ensure this field has no more than 10 characters.")
        }
        return checked
    }
}

extension TaxRule: TableRow {
    /// The table; conditions and orderings use no alias.
    public static let table: StaticString = "tax_rates"
    /// The columns that a rule is read from and written to.
    public static let columns = Columns<TaxRule>(
        .key("id", \.id),
        .column("name", \.name),
        .column("country", \.country),
        .column("state", \.state),
        .column("tax_class", \.taxClass),
        .column("rate", \.rate),
        .key("version", \.version),
        .key("created_at", \.createdAt),
        .key("updated_at", \.updatedAt))
}
