import Commerce
import Primitives
import SQL

/// The tax rate of a class of goods in a country, or in one state of it.
public struct TaxRule: Sendable, Hashable {
    let id: TaxRuleID
    var name: String
    /// ISO 3166-1 alpha-2.
    var country: String
    /// ISO 3166-2 without the country; empty for the whole country.
    var state: String
    var taxClass: String
    /// Millionths: 190,000 is 19 %.
    var rate: Int64
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp
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

extension TaxRule: RowDecodable {
    static let columns: Query = "id, name, country, state, tax_class, rate, version, created_at, updated_at"

    public init(row: inout RowReader) throws {
        id = try row()
        name = try row()
        country = try row()
        state = try row()
        taxClass = try row()
        rate = try row()
        version = try row()
        createdAt = try row()
        updatedAt = try row()
    }
}
