import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints that show orders, to their customers and to staff.
public struct OrderRoutes: Sendable {
    static let permission = "orders.view"
    static let access = Access.staff(permission)

    let database: any Database
    let orders: OrderService
    let currency: Currency
    let exports: TableExport
    let lists = OrderLists()

    /// Creates the endpoints; `line` is the queue in which all exports of a shop wait.
    public init(
        database: any Database, orders: OrderService, currency: Currency, line: ExportLine = ExportLine()
    ) {
        self.database = database
        self.orders = orders
        self.currency = currency
        exports = TableExport(database, line: line)
    }

    /// The endpoints under the tag `Orders`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Orders", "Orders as buyers and staff see them.",
            orderEndpoints + [export] + noteEndpoints + returnEndpoints)
    }

    private var orderEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/orders/", "Lists the caller's orders.", access: .user, use: list),
            Endpoint(
                .get, "/api/orders/{order}/",
                "Shows an order by its number or id; a guest's to whoever has its token.", access: OrderAccess.asked,
                use: show
            ).refusing(.notFound),
            Endpoint(.get, "/api/admin/orders/", "Lists all orders.", access: Self.access, use: listAll),
            Endpoint(
                .get, "/api/admin/orders/counts/", "Counts all orders by their status.", access: Self.access, use: count
            ),
        ]
    }

    private func list(_ call: APIRequest, _ input: OrderListInput) async throws -> Page<OrderBody> {
        var filter = input.filter
        filter.user = try call.caller().userID
        return try await page(filter, input, call, forStaff: false)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> OrderBody {
        let reference = OrderReference(try call.text("order"))
        let order = try await database.read { try orders.find(reference, in: $0) }
        guard let order else { throw NotFound() }
        let access = try OrderAccess(call, to: order, staff: Self.permission)
        return OrderBody(order, currency: currency, forStaff: access == .staff)
    }

    private func listAll(_ call: APIRequest, _ input: AllOrdersInput) async throws -> Page<OrderBody> {
        var filter = input.list.filter
        filter.user = input.user
        return try await page(filter, input.list, call, forStaff: true)
    }

    private func count(_: APIRequest, _: NoInput) async throws -> OrderCountsBody {
        try OrderCountsBody(await database.read { try lists.countsByStatus($0) })
    }

    private func page(
        _ filter: OrderListQueries.Filter, _ input: OrderListInput, _ call: APIRequest, forStaff: Bool
    ) async throws -> Page<OrderBody> {
        let found = try await database.read { try lists.orders(filter, by: input.ordering, input.page, $0) }
        return try Page(found, input.page, of: call) {
            OrderBody($0, currency: currency, forStaff: forStaff, inList: true)
        }
    }
}

/// The number of orders in each status.
struct OrderCountsBody: ResponseBody {
    struct Line: Codable, Sendable {
        let status: OrderStatus
        let count: Int
    }

    let total: Int
    /// Every status, in the order in which orders go through them.
    let statuses: [Line]

    /// - Throws: `OutOfRange`.
    init(_ counts: [OrderStatus: Int]) throws(OutOfRange) {
        total = try counts.values.sum()
        statuses = OrderStatus.allCases.map { Line(status: $0, count: counts[$0] ?? 0) }
    }
}

/// The query parameters of a list of orders.
struct OrderListInput: Input {
    let filter: OrderListQueries.Filter
    let ordering: Ordering<OrderListQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = OrderListQueries.Filter(
            status: fields.optionalChoice("status", of: OrderStatus.self),
            paymentStatus: fields.optionalChoice("payment_status", of: PaymentStatus.self),
            paymentMethod: fields.optionalChoice("payment_method", of: PaymentMethod.self),
            vendor: fields.optionalID("vendor"), from: fields.optionalTimestamp("from"),
            until: fields.optionalTimestamp("until", .end), minTotal: fields.optionalMoney("min_total"),
            maxTotal: fields.optionalMoney("max_total"), coupon: fields.optionalString("coupon", length: 0...50),
            search: fields.search().map(OrderListQueries.search))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// The query parameters of a list of all users' orders.
struct AllOrdersInput: Input {
    let user: UserID?
    let list: OrderListInput

    init(_ fields: Fields) {
        user = fields.optionalID("user")
        list = OrderListInput(fields)
    }
}
