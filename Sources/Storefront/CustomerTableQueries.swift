import Commerce
import Primitives
import SQL

/// The statements of the table of customers.
enum CustomerTableQueries {
    /// A customer as the table shows them.
    struct Customer: RowDecodable, Sendable {
        let id: UserID
        /// E-mail, first name, last name and telephone.
        let account: [String]
        let createdAt: Timestamp
        let lastLogin: Timestamp?
        let orders: Int
        let spent: Money
        /// Name, two lines, town, state, postal code and country of the address that parcels go to; nil without one.
        let address: [String?]

        init(row: inout RowReader) throws {
            id = try row()
            account = [try row(), try row(), try row(), try row()]
            createdAt = try row()
            lastLogin = try row()
            orders = try row()
            spent = try row()
            address = [try row(), try row(), try row(), try row(), try row(), try row(), try row()]
        }
    }

    /// Returns the next customers who have an account, behind the user `id`. Orders count that were paid in `currency`.
    static func customers(
        after id: UserID, limit: Int, in currency: String, _ connection: Connection
    ) throws -> [Customer] {
        let paid: Query = """
            o.user_id = u.id AND o.currency = \(currency) AND o.payment_status IN ('paid', 'partially_refunded')
            """
        return try connection.all(
            """
            SELECT u.id, u.email, u.first_name, u.last_name, u.phone_number, u.created_at, u.last_login,
            (SELECT COUNT(*) FROM orders o WHERE \(paid)),
            (SELECT CAST(COALESCE(SUM(o.total), 0) AS SIGNED) FROM orders o WHERE \(paid)),
            a.full_name, a.address_line1, a.address_line2, a.city, a.state, a.postal_code, a.country
            FROM users u LEFT JOIN addresses a ON a.id = (SELECT MIN(d.id) FROM addresses d
            WHERE d.user_id = u.id AND d.is_default_shipping = 1)
            WHERE u.id > \(id) AND u.role = 'customer' AND u.deleted_at IS NULL ORDER BY u.id LIMIT \(limit)
            """)
    }
}
