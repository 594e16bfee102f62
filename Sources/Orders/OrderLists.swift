import Commerce
import SQL
import Web

/// Pages of orders and of what belongs to them.
struct OrderLists: Sendable {
    private let counts = CountCache()

    /// Returns the orders of a list; where it is long its length may be a second old.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func orders(
        _ filter: OrderListQueries.Filter, by ordering: Ordering<OrderListQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<Order> {
        let filter = try filter.searched(connection)
        return try PageRows(count: counts.count(OrderListQueries.counting(filter), connection), page) {
            try OrderListQueries.orders(filter, by: ordering, page, connection)
        }
    }

    /// Returns the returns of a list, or what was canceled, as `filter` says.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func returns(
        _ filter: ReturnQueries.Filter, by ordering: Ordering<ReturnQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<Return> {
        try PageRows(count: ReturnQueries.count(filter, connection), page) {
            try ReturnQueries.list(filter, by: ordering, page, connection)
        }
    }

    /// Returns the notes on an order, the newest first: all of them, or those that its customer may read.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func notes(
        on order: OrderID, onlyVisible: Bool, _ page: PageRequest, _ connection: Connection
    ) throws -> PageRows<OrderNote> {
        try PageRows(count: OrderNoteQueries.count(on: order, onlyVisible: onlyVisible, connection), page) {
            try OrderNoteQueries.list(on: order, onlyVisible: onlyVisible, page, connection)
        }
    }
}
