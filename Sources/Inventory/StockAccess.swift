import Commerce
import SQL
import Web

/// A function that returns the products that a vendor's user sells.
public typealias OwnedProducts = @Sendable (UserID) -> ProductScope

/// The stock that a caller sees and changes: for staff all of it, for vendors that of their products.
struct StockAccess: Sendable {
    static let permission = "inventory.edit"
    static let access = Access.vendorOr(permission)

    /// The caller's products; nil for staff, who see all.
    let owned: ProductScope?

    init(_ call: APIRequest, _ products: OwnedProducts) throws {
        let caller = try call.caller()
        owned = caller.may(Self.permission) ? nil : products(caller.userID)
    }

    /// Refuses a product of another vendor as if it did not exist.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func check(_ product: ProductID, _ connection: Connection) throws {
        guard let owned else { return }
        guard try InventoryQueries.isOwned(product, by: owned, connection) else { throw NotFound() }
    }
}
