import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The export of orders as a table for spreadsheets.
extension OrderRoutes {
    var export: Endpoint {
        Endpoint(
            .get, "/api/admin/orders/export/", "Gives the orders of a filter as CSV, the oldest first.",
            access: Self.access, use: exportAll
        ).refusing(.serviceUnavailable)
    }

    private func exportAll(_: APIRequest, _ input: AllOrdersInput) async throws -> Reply<BlockBody> {
        var filter = input.list.filter
        filter.user = input.user
        return try await exports.csv("orders.csv") { [filter] connection, line in
            try csv(filter, connection, line)
        }
    }

    private func csv(
        _ filter: OrderListQueries.Filter, _ connection: Connection, _ line: (String) -> Void
    ) throws {
        guard try lists.length(filter, connection) <= OrderLists.maxExport else {
            throw ValidationError.whole("These are more than \(OrderLists.maxExport) orders; ask for them in parts.")
        }
        line(CSVText.line(Self.titles.map { .plain($0) }))
        try lists.walk(filter, connection) { line(CSVText.line(cells($0))) }
    }

    private static let titles = [
        "order_number", "created_at", "status", "payment_status", "payment_method", "email", "full_name", "city",
        "postal_code", "country", "subtotal", "discount_amount", "coupon", "shipping_method", "shipping_cost", "tax",
        "total", "currency", "tracking_number", "notes",
    ]

    private func cells(_ order: Order) -> [CSVText.Cell] {
        let money = Currency(code: order.currency) ?? currency
        let amount = { (amount: Money) in CSVText.Cell.plain(money.text(amount)) }
        let address = order.shippingAddress
        let what: [CSVText.Cell] = [
            .plain(order.number), .plain(order.createdAt.description), .plain(order.status.rawValue),
            .plain(order.paymentStatus.rawValue), .plain(order.paymentMethod.rawValue),
        ]
        let who: [CSVText.Cell] = [
            .text(order.email), .text(address.fullName), .text(address.city), .text(address.postalCode),
            .text(address.country),
        ]
        let cost: [CSVText.Cell] = [
            amount(order.subtotal), amount(order.discount), .text(order.couponCode), .text(order.shippingMethod),
            amount(order.shipping), amount(order.tax), amount(order.total), .plain(order.currency),
        ]
        return what + who + cost + [.text(order.trackingNumber), .text(order.notes)]
    }
}
