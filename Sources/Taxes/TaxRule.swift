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

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: Row) throws {
        id = try row[0]
        name = try row[1]
        country = try row[2]
        state = try row[3]
        taxClass = try row[4]
        rate = try row[5]
        version = try row[6]
        createdAt = try row[7]
        updatedAt = try row[8]
    }
}
