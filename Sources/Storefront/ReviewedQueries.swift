import Commerce
import Reviews
import SQL
import Vendors

/// The answers to what reviews ask of products, orders, accounts and vendors.
public enum ReviewedQueries {
    /// All of them.
    public static let questions = ReviewQuestions(
        product: product, purchase: purchase, sells: sells, owns: owns, authors: authors, ratings: RatingQueries.change,
        naming: NameQueries.product, named: GoodsQueries.named, people: people)

    /// Returns a query for the id of the user with an e-mail address.
    @Sendable static func people(_ address: String) -> Query {
        "SELECT id FROM users WHERE email_key = \(EmailAddress(address)?.text ?? address) AND deleted_at IS NULL"
    }

    /// Returns a product that everybody sees with what its reviews add up to, in one statement.
    @Sendable static func product(_ reference: Reference, _ connection: Connection) throws -> ReviewedProduct? {
        let wanted: Query =
            switch reference {
            case .id(let id): "p.id = \(id)"
            case .slug(let slug): "p.slug = \(slug)"
            }
        return try connection.first(
            """
            SELECT p.id, \(RatingQueries.columns)
            FROM products p LEFT JOIN product_ratings s ON s.product_id = p.id WHERE \(wanted) AND p.is_listed = 1
            """
        ) { row in
            ReviewedProduct(
                id: try row(), ratings: try row.optional(RatingQueries.width, RatingQueries.summary) ?? .none)
        }
    }

    /// Returns the newest order of a user of which some of the product was delivered.
    @Sendable static func purchase(
        _ user: UserID, _ product: ProductID, _ order: OrderID?, _ connection: Connection
    ) throws -> OrderID? {
        let named: Query = order.map { "AND o.id = \($0)" } ?? .empty
        let newest: OrderID? = try connection.value(
            """
            SELECT COALESCE(MAX(o.id), 0) FROM orders o JOIN order_items i ON i.order_id = o.id AND i.product_id = \(product)
            WHERE o.user_id = \(user) \(named) AND i.delivered_quantity > 0
            """)
        return newest.flatMap { $0.rawValue > 0 ? $0 : nil }
    }

    @Sendable static func sells(_ user: UserID, _ product: ProductID, _ connection: Connection) throws -> Bool {
        try isVendor(user, of: product, "AND v.status = \(VendorStatus.approved) AND p.deleted_at IS NULL", connection)
    }

    @Sendable static func owns(_ user: UserID, _ product: ProductID, _ connection: Connection) throws -> Bool {
        try isVendor(user, of: product, .empty, connection)
    }

    private static func isVendor(
        _ user: UserID, of product: ProductID, _ conditions: Query, _ connection: Connection
    ) throws -> Bool {
        try connection.value(
            """
            SELECT 1 FROM products p JOIN vendors v ON v.id = p.vendor_id
            WHERE p.id = \(product) AND v.user_id = \(user) \(conditions) LIMIT 1
            """, as: Int.self) != nil
    }

    /// Returns these users as everybody sees them beside what they wrote.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func authors(_ ids: [UserID], _ connection: Connection) throws -> [UserID: ReviewAuthor] {
        guard !ids.isEmpty else { return [:] }
        let found = try connection.all(
            """
            SELECT id, first_name, last_name, username, profile_image, deleted_at IS NOT NULL
            FROM users WHERE id IN (\(list: ids))
            """
        ) { row in
            (
                id: try row(UserID.self),
                author: ReviewAuthor(
                    firstName: try row(), lastName: try row(), username: try row(), avatar: try row(),
                    isErased: try row())
            )
        }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0.author) })
    }
}
