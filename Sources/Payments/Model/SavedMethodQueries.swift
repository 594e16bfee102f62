import Commerce
import Primitives
import SQL

/// The statements of `payment_methods` and `gateway_customers`.
enum SavedMethodQueries {
    static func customer(_ user: UserID, at gateway: GatewayCode, _ connection: Connection) throws -> String? {
        try connection.value(
            "SELECT customer_id FROM gateway_customers WHERE user_id = \(user) AND gateway = \(gateway)")
    }

    /// Returns by which names gateways know a user.
    static func customers(_ user: UserID, _ connection: Connection) throws -> [(gateway: GatewayCode, id: String)] {
        try connection.all("SELECT gateway, customer_id FROM gateway_customers WHERE user_id = \(user)") {
            (try $0(), try $0())
        }
    }

    static func insert(customer: String, of user: UserID, at gateway: GatewayCode, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO gateway_customers (user_id, gateway, customer_id) VALUES (\(user), \(gateway), \(customer))
            \(tx.dialect.onConflict("user_id, gateway")) customer_id = customer_id
            """)
    }

    static func find(_ id: SavedMethodID, of user: UserID, _ connection: Connection) throws -> SavedMethod? {
        try connection.first(
            "SELECT \(SavedMethod.columns) FROM payment_methods WHERE id = \(id) AND user_id = \(user)")
    }

    static func find(
        gatewayMethod id: String, at gateway: GatewayCode, _ connection: Connection
    ) throws -> SavedMethod? {
        try connection.first(
            """
            SELECT \(SavedMethod.columns) FROM payment_methods
            WHERE gateway = \(gateway) AND gateway_payment_method_id = \(id)
            """)
    }

    /// Returns a user's methods, the default first, then the newest.
    static func methods(of user: UserID, _ connection: Connection) throws -> [SavedMethod] {
        try connection.all(
            """
            SELECT \(SavedMethod.columns) FROM payment_methods WHERE user_id = \(user)
            ORDER BY is_default DESC, id DESC
            """)
    }

    static func insert(_ method: SavedMethod, _ tx: Transaction) throws -> SavedMethodID {
        SavedMethodID(try tx.insert("INSERT INTO payment_methods \(insert: try method.values())"))
    }

    static func delete(_ id: SavedMethodID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM payment_methods WHERE id = \(id)")
    }

    static func setDefault(_ id: SavedMethodID, of user: UserID, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE payment_methods SET is_default = CASE WHEN id = \(id) THEN 1 ELSE 0 END WHERE user_id = \(user)")
    }
}
