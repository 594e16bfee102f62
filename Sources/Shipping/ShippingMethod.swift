import Commerce
import Primitives
import SQL
import Web

/// A way to send a parcel to a zone, with its price.
public struct ShippingMethod: Sendable, Hashable {
    /// The primary key; 0 until the method is stored.
    public internal(set) var id = ShippingMethodID(0)
    var code = ""
    var name = ""
    /// ISO 3166-1 alpha-2; empty for the whole world.
    var countries: [String] = []
    /// ISO 3166-2, with or without the country; empty for all of them.
    var states: [String] = []
    var price = Money.zero
    /// On top of `price`.
    var pricePerKilogram: Money?
    /// The value of the goods, after the discount, from which shipping is free; nil for never.
    var freeAbove: Money?
    /// The heaviest parcel, in grams; nil without a limit.
    var maxWeight: Int64?
    var taxClass = TaxClass.standard
    var isActive = true
    /// Counts changes of the row, from 1.
    public internal(set) var version = 1
    var createdAt = Timestamp(seconds: 0)
    var updatedAt = Timestamp(seconds: 0)

    /// Creates an active method for the whole world, without a code.
    public init() {}

    /// Creates an active method for these countries, none of which is the whole world, at a price in minor units; from
    /// `freeAbove` on, in minor units of the goods' value, it is free.
    public init(_ code: String, name: String, countries: [String], price: Money, freeAbove: Money? = nil) {
        self.code = code
        self.name = name
        self.countries = countries
        self.price = price
        self.freeAbove = freeAbove
    }

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

extension ShippingMethod: TableRow {
    /// The table; conditions and orderings use no alias.
    public static let table: StaticString = "shipping_methods"
    /// The columns that a method is read from and written to.
    public static let columns = Columns<ShippingMethod>(
        .key("id", \.id),
        .column("code", \.code),
        .column("name", \.name),
        .column("countries", \.countries, read: codes, write: text),
        .column("states", \.states, read: codes, write: text),
        .column("price", \.price),
        .column("price_per_kg", \.pricePerKilogram),
        .column("free_above", \.freeAbove),
        .column("max_weight_grams", \.maxWeight),
        .column("tax_class", \.taxClass),
        .column("is_active", \.isActive),
        .key("version", \.version),
        .key("created_at", \.createdAt),
        .key("updated_at", \.updatedAt))

    /// Reads codes, which are kept in one column with spaces between.
    @Sendable static func codes(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    @Sendable private static func text(_ codes: [String]) -> String { codes.joined(separator: " ") }
}
