import Commerce
import SQL

/// What vendors ask of accounts, products, orders and the marketplace's books, and tell them.
public struct VendorLinks: Sendable {
    /// Returns the e-mail address of an account; nil where there is none.
    public var email: @Sendable (UserID, Connection) throws -> String? = { _, _ in nil }
    /// Returns the names under which customers are shown beside what they wrote.
    public var names: @Sendable ([UserID], Connection) throws -> [UserID: String] = { _, _ in [:] }
    /// Lets an account sell: gives it the role `vendor`, unless it has more than a customer's.
    public var promote: @Sendable (UserID, Transaction) throws -> Void = { _, _ in }
    /// Shows or hides all products of a vendor.
    public var show: @Sendable (VendorID, Bool, Transaction) throws -> Void = { _, _, _ in }
    /// Counts the products of vendors that the public sees.
    public var productCounts: @Sendable ([VendorID], Connection) throws -> [VendorID: Int] = { _, _ in [:] }
    /// Returns what vendors have sold, in minor units of the shop's currency; those who sold nothing may be left out.
    public var sales: @Sendable ([VendorID], Connection) throws -> [VendorID: Money] = { _, _ in [:] }
    /// Returns whether a user's order holds something of a vendor that has been delivered.
    public var hasReceived: @Sendable (OrderID, UserID, VendorID, Connection) throws -> Bool = { _, _, _, _ in false }
    /// Returns those of these vendors to whom no money is to go any more; throws `SQLError`.
    public var settled: @Sendable ([VendorID], Connection) throws -> Set<VendorID> = { ids, _ in Set(ids) }

    /// Links to nothing: no address, no products and no orders.
    public init() {}
}
