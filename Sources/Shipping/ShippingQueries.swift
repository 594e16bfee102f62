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

    static func insert(_ method: ShippingMethod, at now: Timestamp, _ tx: Transaction) throws -> ShippingMethodID {
        ShippingMethodID(
            try tx.insert(
                "INSERT INTO shipping_methods \(insert: try method.values() + ["created_at": now, "updated_at": now])"))
    }

    /// Writes a method and raises its version; returns false where the row is at another version.
    static func update(_ method: ShippingMethod, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE shipping_methods SET \(set: try method.values()), version = version + 1, updated_at = \(now)
            WHERE id = \(method.id) AND version = \(method.version)
            """) == 1
    }
}
