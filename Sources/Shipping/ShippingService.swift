import Commerce
import Primitives
import SQL
import Web

/// The shop's shipping methods: their editing, and the choice for a parcel.
public struct ShippingService: Sendable {
    let currency: Currency
    let taxClass: TaxClassCheck
    let time: TimeSource

    /// Creates a service; `taxClass` refuses tax classes that the shop does not know.
    public init(currency: Currency, taxClass: @escaping TaxClassCheck, time: TimeSource = .machine) {
        self.currency = currency
        self.taxClass = taxClass
        self.time = time
    }

    /// Returns the methods that may be chosen for a parcel, the cheapest first; nil where the shop has no methods and
    /// ships for free.
    ///
    /// - Throws: `ValidationError` on `state` where it is missing and zones of the country are by state, `OutOfRange`
    ///   where a method would charge more than an order may come to, `SQLError`.
    public func offers(for parcel: Parcel, _ connection: Connection) throws -> [ShippingOffer]? {
        let methods = try ShippingQueries.all(connection)
        guard !methods.isEmpty else { return nil }
        let place = parcel.destination
        if place.lacksState, methods.contains(where: { $0.isByState(in: place.country) }) { throw place.missingState }
        let offers = try methods.compactMap { method in
            try method.price(of: parcel).map {
                ShippingOffer(code: method.code, name: method.name, price: $0, taxClass: method.taxClass)
            }
        }
        return offers.sorted { ($0.price, $0.code) < ($1.price, $1.code) }
    }
}

extension ShippingService: AdminResource {
    /// By name, where a request names no order.
    public static var defaultOrdering: Ordering<ShippingSortKey> { Ordering(.name) }

    /// Reads the fields of a method; the weight is sent in kilograms and stored in grams.
    public static func change(_ fields: Fields) -> Change<ShippingMethod> {
        var change = Change<ShippingMethod>()
        change.set(\.code, to: fields.sent("code") { Self.code($0, $1) })
        change.set(\.name, to: fields.sent("name") { $0.string($1, length: 1...100) })
        change.set(\.countries, to: fields.sent("countries") { $0.countries($1) })
        change.set(\.states, to: fields.sent("states") { $0.strings($1, length: 1...100, limit: 200) })
        change.set(\.price, to: fields.sent("price") { $0.money($1) })
        change.set(\.pricePerKilogram, to: fields.sent("price_per_kg") { $0.optionalMoney($1) })
        change.set(\.freeAbove, to: fields.sent("free_above") { $0.optionalMoney($1) })
        change.set(
            \.maxWeight,
            to: fields.sent("max_weight") { $0.optionalDecimal($1, scale: 3, in: 1...1_000_000_000) })
        change.set(
            \.taxClass,
            to: fields.ifSent("tax_class") {
                TaxClass.normal($0.string($1, .optional(TaxClass.standard), length: 1...50))
            })
        change.set(\.isActive, to: fields.ifSent("is_active") { $0.boolean($1, .optional(true)) })
        return change
    }

    private static func code(_ fields: Fields, _ name: String) -> String {
        let code = fields.string(name, length: 1...50)
        if !code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) {
            fields.fail(name, "Enter a valid code of letters, numbers, underscores or hyphens.")
        }
        return code
    }

    /// Reads the filter `is_active`.
    public static func filter(_ fields: Fields) -> ShippingFilter {
        ShippingFilter(isActive: fields.optionalBoolean("is_active"))
    }

    /// Inserts a method, its states by their codes, and returns its key.
    ///
    /// - Throws: `ValidationError` on `code`, `states` or `tax_class`, `SQLError`.
    public func insert(_ method: ShippingMethod, in tx: Transaction) throws -> ShippingMethodID {
        let method = try checked(method, tx)
        return try unique("code", "shipping method") { try insertRow(method, at: time.now, in: tx) }
    }

    /// Writes a method, its states by their codes, and returns false where the row is at another version.
    ///
    /// - Throws: `ValidationError` on `code`, `states` or `tax_class`, `SQLError`.
    public func update(_ method: ShippingMethod, in tx: Transaction) throws -> Bool {
        let method = try checked(method, tx)
        return try unique("code", "shipping method") { try updateRow(method, at: time.now, in: tx) }
    }

    /// Returns the method with its states by their codes.
    private func checked(_ method: ShippingMethod, _ tx: Transaction) throws -> ShippingMethod {
        try taxClass(method.taxClass, tx)
        var checked = method
        checked.states = try method.states.map { try ZoneStates(method.countries).code($0) }
        return checked
    }

    /// Shows a method with its amounts in the shop's currency.
    public func body(of method: ShippingMethod) -> ShippingMethodBody {
        ShippingMethodBody(method, currency: currency)
    }
}
