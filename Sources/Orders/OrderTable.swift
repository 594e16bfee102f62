import Commerce
import Primitives
import SQL

/// Orders as a table for spreadsheets, the oldest first: a row for each order, or for each of its lines.
public struct OrderTable: Sendable {
    let currency: Currency
    private let lists = OrderLists()

    /// Creates a table; amounts of a currency that is not known are written as those of `currency`.
    public init(currency: Currency) {
        self.currency = currency
    }

    /// Passes every line of the table of all orders to `line`, the header first. `byLine` gives each line of an order a row
    /// of its own.
    ///
    /// - Throws: `SQLError`, whatever `line` throws.
    public func export(byLine: Bool, _ connection: Connection, line: (String) throws -> Void) throws {
        try export(OrderListQueries.Filter(), byLine: byLine, connection, line: line)
    }

    func export(
        _ filter: OrderListQueries.Filter, byLine: Bool, _ connection: Connection, line: (String) throws -> Void
    ) throws {
        let titles = Self.titles + (byLine ? Self.lineTitles : [])
        try line(CSVText.line(titles.map { .plain($0) }))
        try lists.walk(filter, connection) { found in
            let orders = byLine ? try OrderQueries.withItems(found, connection) : found
            let papers = try OrderTableQueries.papers(of: orders.map(\.id), connection)
            let credits = try OrderTableQueries.credits(of: orders.map(\.id), connection)
            for order in orders {
                let row = Row(
                    order, papers[order.id] ?? [], credits[order.id], Currency(code: order.currency) ?? currency)
                if !byLine {
                    try line(CSVText.line(row.cells(withAmounts: true)))
                } else if order.items.isEmpty {
                    let blank = Self.lineTitles.map { _ in CSVText.Cell.plain("") }
                    try line(CSVText.line(row.cells(withAmounts: true) + blank))
                }
                for (index, item) in order.items.enumerated() where byLine {
                    // Amounts of the order stand in its first row alone, so that a column's sum is right.
                    try line(CSVText.line(row.cells(withAmounts: index == 0) + row.cells(item)))
                }
            }
        }
    }

    private static let titles = [
        "order_number", "created_at", "status", "payment_status", "payment_method", "invoice_number", "credit_notes",
        "email", "full_name", "phone_number", "address_line1", "address_line2", "city", "state", "postal_code",
        "country",
        "billing_name", "billing_address_line1", "billing_address_line2", "billing_city", "billing_state",
        "billing_postal_code", "billing_country", "subtotal", "discount_amount", "coupon", "shipping_method",
        "shipping_cost", "tax", "total", "credited_amount", "refund_amount", "currency", "tracking_number", "notes",
    ]
    private static let lineTitles = [
        "line_sku", "line_name", "line_options", "line_quantity", "line_canceled", "line_refunded", "line_price",
        "line_subtotal", "line_discount", "line_tax", "line_tax_rate", "line_status",
    ]
}

/// The cells of one order.
private struct Row {
    let order: Order
    let papers: [Invoice]
    let credit: OrderTableQueries.Credit?
    let money: Currency

    init(_ order: Order, _ papers: [Invoice], _ credit: OrderTableQueries.Credit?, _ money: Currency) {
        self.order = order
        self.papers = papers
        self.credit = credit
        self.money = money
    }

    func cells(withAmounts: Bool) -> [CSVText.Cell] {
        let amount = { (amount: Money) in CSVText.Cell.plain(withAmounts ? money.text(amount) : "") }
        let cost: [CSVText.Cell] = [
            amount(order.subtotal), amount(order.discount), .text(order.couponCode), .text(order.shippingMethod),
            amount(order.shipping), amount(order.tax), amount(order.total), amount(credit?.value ?? .zero),
            amount(credit?.owed ?? .zero), .plain(order.currency),
        ]
        return what + who + cost + [.text(order.trackingNumber), .text(order.notes)]
    }

    private var what: [CSVText.Cell] {
        let (invoices, notes) = (papers.filter { $0.series == .invoice }, papers.filter { $0.series == .creditNote })
        return [
            .plain(order.number), .plain(order.createdAt.description), .plain(order.status.rawValue),
            .plain(order.paymentStatus.rawValue), .plain(order.paymentMethod.rawValue),
            .plain(invoices.map(\.number).joined(separator: " ")), .plain(notes.map(\.number).joined(separator: " ")),
        ]
    }

    private var who: [CSVText.Cell] {
        let (to, payer) = (order.shippingAddress, order.billingAddress)
        let shipping: [CSVText.Cell] = [
            .text(order.email), .text(to.fullName), .text(to.phoneNumber), .text(to.addressLine1),
            .text(to.addressLine2),
            .text(to.city), .text(to.state), .text(to.postalCode), .text(to.country),
        ]
        let billing: [CSVText.Cell] = [
            .text(payer.fullName), .text(payer.addressLine1), .text(payer.addressLine2), .text(payer.city),
            .text(payer.state), .text(payer.postalCode), .text(payer.country),
        ]
        return shipping + billing
    }

    func cells(_ item: OrderItem) -> [CSVText.Cell] {
        let options = item.options.map { "\($0.type): \($0.value)" }.joined(separator: ", ")
        let amount = { (amount: Money) in CSVText.Cell.plain(money.text(amount)) }
        let units = [item.quantity, item.cancelled, item.refunded].map { CSVText.Cell.plain(String($0)) }
        let amounts = [item.price, item.subtotal, item.discount, item.tax].map(amount)
        let end: [CSVText.Cell] = [.plain(item.taxRate?.text ?? ""), .plain(item.status.rawValue)]
        return [.text(item.sku), .text(item.name), .text(options)] + units + amounts + end
    }
}
