import Commerce
import Primitives
import SQL
import Web

/// An entry of a vendor's account.
struct VendorEntry: Sendable, RowDecodable {
    /// What it is for.
    enum Kind: String, WireEnum, SQLConvertible {
        case sale
        case commission
        case refund
        case dispute
        case adjustment
        case payout
    }

    static let columns: Query = """
        id, entry_type, amount, currency, order_id, payout_id, reason, available_at, created_at,
        (SELECT o.order_number FROM orders o WHERE o.id = vendor_ledger_entries.order_id)
        """

    let id: VendorEntryID
    let kind: Kind
    /// Above zero what the vendor gains, in minor units of ``currency``.
    let amount: Money
    let currency: String
    let order: OrderID?
    let payout: PayoutID?
    let reason: String
    /// Nil until the line has arrived.
    let availableAt: Timestamp?
    let createdAt: Timestamp
    /// The number of ``order``.
    let orderNumber: String?

    init(row: inout RowReader) throws {
        id = try row()
        kind = try row()
        amount = try row()
        currency = try row()
        order = try row()
        payout = try row()
        reason = try row()
        availableAt = try row()
        createdAt = try row()
        orderNumber = try row()
    }
}

/// An entry before it has a row.
struct VendorPosting: Sendable {
    let vendor: VendorID
    let kind: VendorEntry.Kind
    let amount: Money
    let currency: String
    var order: OrderID?
    var item: OrderItemID?
    var payout: PayoutID?
    var reason = ""
    var user: UserID?
    var availableAt: Timestamp?
    /// What a repetition of the request that made it finds it by.
    var requestKey: String?
}

/// What a vendor is owed.
struct VendorBalance: Sendable, Hashable {
    /// The sum of all entries, in minor units.
    var whole = Money.zero
    /// The part that has not become available.
    var pending = Money.zero

    /// The part that can be paid out; below zero where the vendor owes the shop.
    var available: Money { get throws(OutOfRange) { try whole - pending } }
}
