import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

extension OrderRoutes {
    /// The parts of an order that were canceled before they left, without the order itself.
    var cancellationsOfOrder: Endpoint {
        Endpoint(
            .get, "/api/orders/{order}/cancellations/",
            "Lists what of an order was cancelled before it left, the first first.", access: .anyoneKnown
        ) { (call: APIRequest, input: CancellationListInput) -> Page<CancellationBody> in
            let reference = OrderReference(try call.text("order"))
            return try await database.read { connection in
                let order = try orders.enter(reference, by: call, staff: Self.permission, connection).id
                let filter = ReturnQueries.Filter(kind: .cancellation, order: order)
                let count = try ReturnQueries.count(filter, connection)
                return try Page(count: count, input.page, of: call) {
                    try ReturnQueries.list(filter, by: Ordering(.createdAt, descending: false), input.page, connection)
                        .map { CancellationBody($0, currency: currency) }
                }
            }
        }
        .refusing(.notFound)
    }
}

struct CancellationListInput: Input {
    let page: PageRequest

    init(_ fields: Fields) {
        page = fields.page()
    }
}

/// A cancellation of parts of an order, made in one step.
struct CancellationBody: ResponseBody {
    struct Part: Codable, Sendable {
        let orderItemID: OrderItemID
        let quantity: Int
        let amount: Price

        enum CodingKeys: String, CodingKey {
            case orderItemID = "order_item_id"
            case quantity, amount
        }
    }

    let id: ReturnID
    let items: [Part]
    /// The sum that these items would have cost, with their tax.
    let amount: Price
    /// The share of `amount` that had been paid and has to be refunded.
    let refundAmount: Price
    let reason: String
    let createdAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case id, items, amount
        case refundAmount = "refund_amount"
        case reason
        case createdAt = "created_at"
    }

    init(_ found: Return, currency: Currency) {
        id = found.id
        items = found.parts.map {
            Part(orderItemID: $0.item, quantity: $0.quantity, amount: currency.price($0.refund))
        }
        amount = currency.price(found.refund)
        refundAmount = currency.price(found.owed)
        reason = found.note
        createdAt = found.createdAt
    }
}
