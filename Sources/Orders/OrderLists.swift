import Commerce
import SQL
import Web

/// Pages of orders and of what belongs to them.
struct OrderLists: Sendable {
    /// The most orders of one export; more have to be asked for in parts.
    static let maxExport = 50_000
    private static let chunk = 1_000

    private let counts = CountCache()
    private let byStatus = RecentValues<Query, [OrderStatus: Int]>()
    /// The least orders of which the numbers are kept for a second.
    private static let many = 2_000

    /// Returns the orders of a list; where it is long its length may be a second old.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func orders(
        _ filter: OrderListQueries.Filter, by ordering: Ordering<OrderListQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<Order> {
        var filter = filter
        filter.search = try filter.search?.done(connection)
        return try PageRows(count: counts.count(OrderListQueries.counting(filter), connection), page) { [filter] in
            try OrderListQueries.orders(filter, by: ordering, page, connection)
        }
    }

    /// Counts all orders by their status; where there are many the numbers may be a second old.
    ///
    /// - Throws: `SQLError`.
    func countsByStatus(_ connection: Connection) throws -> [OrderStatus: Int] {
        let query = OrderListQueries.byStatus
        return try byStatus.value(of: query, where: { ($0.values.max() ?? 0) >= Self.many }) {
            Dictionary(uniqueKeysWithValues: try connection.tuples(query, as: (OrderStatus, Int).self))
        }
    }

    /// Counts the orders of a list, to the one.
    ///
    /// - Throws: `SQLError`.
    func length(_ filter: OrderListQueries.Filter, _ connection: Connection) throws -> Int {
        try connection.value(OrderListQueries.counting(filter), as: Int.self) ?? 0
    }

    /// Calls `visit` with the orders of a list, up to a thousand at once, without their items, the oldest first.
    ///
    /// - Throws: `SQLError`, and what `visit` throws.
    func walk(
        _ filter: OrderListQueries.Filter, _ connection: Connection, visit: ([Order]) throws -> Void
    ) throws {
        var last = OrderID(0)
        while true {
            let orders = try OrderListQueries.orders(filter, after: last, limit: Self.chunk, connection)
            try visit(orders)
            guard let end = orders.last?.id, orders.count == Self.chunk else { return }
            last = end
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
