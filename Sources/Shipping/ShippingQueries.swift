import SQL

/// The statements of `shipping_methods`.
enum ShippingQueries {
    /// Returns every method; a shop has a handful.
    static func all(_ connection: Connection) throws -> [ShippingMethod] {
        try connection.all("SELECT \(ShippingMethod.columns) FROM shipping_methods ORDER BY id")
    }
}
