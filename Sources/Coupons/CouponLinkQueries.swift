import Commerce
import SQL

/// The statements of what a coupon applies to, and to whom.
enum CouponLinkQueries {
    /// One of the lists of a coupon.
    enum List: Sendable {
        case categories([CategoryID])
        case products([ProductID])
        case users([UserID])

        /// The list's field on the wire.
        var field: String {
            switch self {
            case .categories: "categories"
            case .products: "products"
            case .users: "users"
            }
        }

        var ids: [Int64] {
            switch self {
            case .categories(let ids): ids.map(\.rawValue)
            case .products(let ids): ids.map(\.rawValue)
            case .users(let ids): ids.map(\.rawValue)
            }
        }
    }

    /// Replaces a list of a coupon.
    ///
    /// - Throws: `ValidationError` that names the id that does not exist, `SQLError`.
    static func replace(_ list: List, of coupon: CouponID, _ tx: Transaction) throws {
        try tx.execute(clearing(list, coupon))
        guard !list.ids.isEmpty else { return }
        do {
            _ = try tx.savepoint { try $0.execute(adding(list.ids, list, coupon)) }
        } catch let error as SQLError where error.kind == .foreignKey {
            for id in list.ids {
                do {
                    _ = try tx.savepoint { try $0.execute(adding([id], list, coupon)) }
                } catch let error as SQLError where error.kind == .foreignKey {
                    throw ValidationError(list.field, "Invalid pk \"\(id)\" - object does not exist.")
                }
            }
            throw error
        }
    }

    private static func clearing(_ list: List, _ coupon: CouponID) -> Query {
        switch list {
        case .categories: "DELETE FROM coupon_categories WHERE coupon_id = \(coupon)"
        case .products: "DELETE FROM coupon_products WHERE coupon_id = \(coupon)"
        case .users: "DELETE FROM coupon_users WHERE coupon_id = \(coupon)"
        }
    }

    private static func adding(_ ids: [Int64], _ list: List, _ coupon: CouponID) throws -> Query {
        let rows = ids.map { [SQLValue].row(coupon, $0) }
        return switch list {
        case .categories: try "INSERT INTO coupon_categories (coupon_id, category_id) VALUES \(rows: rows)"
        case .products: try "INSERT INTO coupon_products (coupon_id, product_id) VALUES \(rows: rows)"
        case .users: try "INSERT INTO coupon_users (coupon_id, user_id) VALUES \(rows: rows)"
        }
    }
}
