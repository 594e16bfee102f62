import Commerce
import Primitives
import SQL
import Web

/// The parts of orders that vendors sell, for the rooms that know whose vendor somebody is.
public struct VendorOrders: Sendable {
    private let counts = CountCache()

    /// Creates the lists.
    public init() {}

    /// Returns the parts of a list; where it is long its length may be a second old.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    public func list(
        _ input: VendorOrderListInput, of vendor: VendorID, _ connection: Connection
    ) throws -> PageRows<VendorOrder> {
        var filter = input.filter
        filter.vendor = vendor
        return try PageRows(count: counts.count(VendorOrderQueries.counting(filter), connection), input.page) {
            try VendorOrderQueries.list(filter, descending: input.ordering.descending, input.page, connection)
        }
    }

    /// Returns whether a user's order holds something of a vendor that has been delivered.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func hasReceived(
        _ order: OrderID, by user: UserID, of vendor: VendorID, _ connection: Connection
    ) throws -> Bool {
        try VendorOrderQueries.hasReceived(order, by: user, of: vendor, connection)
    }
}

/// The query parameters of a vendor's list of orders.
public struct VendorOrderListInput: Input {
    enum SortKey: String, CaseIterable, Sendable {
        case createdAt = "created_at"
    }

    let filter: VendorOrderQueries.Filter
    let ordering: Ordering<SortKey>
    /// The page that is asked for.
    public let page: PageRequest

    /// Reads filters, order and page.
    public init(_ fields: Fields) {
        filter = VendorOrderQueries.Filter(
            vendor: VendorID(0), status: fields.optionalChoice("status"),
            paymentStatus: fields.optionalChoice("payment_status"), from: fields.optionalTimestamp("from"),
            until: fields.optionalTimestamp("until", .end), search: fields.optionalString("search"))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}
