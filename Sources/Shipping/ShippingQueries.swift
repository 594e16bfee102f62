import Commerce
import Primitives
import SQL
import Web

/// The statements of `shipping_methods`.
enum ShippingQueries {
    /// Returns every method; a shop has a handful.
    static func all(_ connection: Connection) throws -> [ShippingMethod] {
        try connection.all("SELECT \(ShippingMethod.columns) FROM shipping_methods ORDER BY id")
    }

    static func count(_ filter: ShippingFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM shipping_methods WHERE \(filter.condition)") ?? 0
    }

    static func list(
        _ filter: ShippingFilter, by order: Ordering<ShippingOrder>, _ page: PageRequest, _ connection: Connection
    ) throws -> [ShippingMethod] {
        try connection.all(
            """
            SELECT \(ShippingMethod.columns) FROM shipping_methods WHERE \(filter.condition)
            ORDER BY \(order.key) \(order.direction), id \(order.direction) \(page.limit)
            """)
    }

    static func find(_ id: ShippingMethodID, _ connection: Connection) throws -> ShippingMethod? {
        try connection.first("SELECT \(ShippingMethod.columns) FROM shipping_methods WHERE id = \(id)")
    }

    static func insert(_ method: ShippingMethod, at now: Timestamp, _ tx: Transaction) throws -> ShippingMethodID {
        ShippingMethodID(
            try tx.insert(
                """
                INSERT INTO shipping_methods (code, name, countries, states, price, price_per_kg, free_above,
                max_weight_grams, tax_class, is_active, created_at, updated_at)
                VALUES (\(method.code), \(method.name), \(text(method.countries)), \(text(method.states)),
                \(method.price), \(method.pricePerKilogram), \(method.freeAbove), \(method.maxWeight),
                \(method.taxClass), \(method.isActive), \(now), \(now))
                """))
    }

    /// Writes a method and raises its version; returns false where the row is at another version.
    static func update(_ method: ShippingMethod, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE shipping_methods SET code = \(method.code), name = \(method.name),
            countries = \(text(method.countries)), states = \(text(method.states)), price = \(method.price),
            price_per_kg = \(method.pricePerKilogram), free_above = \(method.freeAbove),
            max_weight_grams = \(method.maxWeight), tax_class = \(method.taxClass), is_active = \(method.isActive),
            version = version + 1, updated_at = \(now) WHERE id = \(method.id) AND version = \(method.version)
            """) == 1
    }

    static func delete(_ id: ShippingMethodID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM shipping_methods WHERE id = \(id)")
    }

    private static func text(_ codes: [String]) -> String { codes.joined(separator: " ") }
}
