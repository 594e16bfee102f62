import Commerce
import Primitives
import SQL

/// A way to send a parcel to a zone, with its price.
public struct ShippingMethod: Sendable, Hashable {
    let id: ShippingMethodID
    var code: String
    var name: String
    /// ISO 3166-1 alpha-2; empty for the whole world.
    var countries: [String]
    /// ISO 3166-2, with or without the country; empty for all of them.
    var states: [String]
    var price: Money
    /// The price of each kilogram on top of `price`; nil for none.
    var pricePerKilogram: Money?
    /// The value of the goods, after the discount, from which shipping is free; nil for never.
    var freeAbove: Money?
    /// The heaviest parcel, in grams; nil without a limit.
    var maxWeight: Int64?
    var taxClass: String
    var isActive: Bool
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    /// Returns the price of sending a parcel, or nil where the method does not take it.
    ///
    /// - Throws: `OutOfRange` where that is more than an order may come to.
    func price(of parcel: Parcel) throws -> Money? {
        guard isActive, serves(parcel.destination), parcel.weight <= maxWeight ?? .max else { return nil }
        if let freeAbove, parcel.goods >= freeAbove { return .zero }
        return try OutOfRange.refusing("The price of shipping") {
            let price = try price + (pricePerKilogram?.portion(parcel.weight, of: 1_000) ?? .zero)
            guard price <= .maximum else { throw OutOfRange() }
            return price
        }
    }

    private func serves(_ destination: Destination) -> Bool {
        guard countries.isEmpty || countries.contains(destination.country) else { return false }
        if states.isEmpty { return true }
        let places = destination.states
        return states.contains {
            places.contains($0)
                || places.contains(Destination.stateCode($0, in: destination.country, isRule: true))
        }
    }

    /// Returns whether the method serves some states of a country and not others.
    func isByState(in country: String) -> Bool {
        guard isActive, !states.isEmpty else { return false }
        return countries.isEmpty
            ? states.contains { Subdivisions.read($0, in: country, isRule: true).isCode } : countries.contains(country)
    }
}

extension Subdivisions.Reading {
    fileprivate var isCode: Bool { if case .code = self { true } else { false } }
}

/// The goods to send to one place.
public struct Parcel: Sendable, Hashable {
    /// The country and state that it goes to.
    public let destination: Destination
    /// The price of the goods, less the discount, in minor units.
    public let goods: Money
    /// The weight in grams.
    public let weight: Int64

    /// Describes goods of a value in minor units and a weight in grams.
    public init(to destination: Destination, goods: Money, weight: Int64) {
        self.destination = destination
        self.goods = goods
        self.weight = weight
    }
}

/// A shipping method that takes a parcel, at its price.
public struct ShippingOffer: Sendable, Hashable {
    /// The code by which the shopper chooses it.
    public let code: String
    /// The name shown to shoppers, at most 100 characters.
    public let name: String
    /// The price of the whole parcel, in minor units.
    public let price: Money
    /// The code of the tax class by which shipping is taxed.
    public let taxClass: String
}

extension ShippingMethod: RowDecodable {
    static let columns: Query = """
        id, code, name, countries, states, price, price_per_kg, free_above, max_weight_grams, tax_class, is_active, version,
        created_at, updated_at
        """

    public init(row: inout RowReader) throws {
        id = try row()
        code = try row()
        name = try row()
        countries = Self.codes(try row())
        states = Self.codes(try row())
        price = try row()
        pricePerKilogram = try row()
        freeAbove = try row()
        maxWeight = try row()
        taxClass = try row()
        isActive = try row()
        version = try row()
        createdAt = try row()
        updatedAt = try row()
    }

    /// Splits the codes of a column, which spaces separate.
    static func codes(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
