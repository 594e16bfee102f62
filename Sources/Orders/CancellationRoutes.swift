import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

extension OrderRoutes {
    /// Lists the parts of an order that were canceled before they left, without the order itself.
    func listCancellations(
        _ call: APIRequest, _ input: CancellationListInput
    ) async throws -> Page<CancellationBody> {
        let reference = OrderReference(try call.text("order"))
        let found = try await database.read { connection in
            let order = try orders.authorize(reference, by: call, staff: Self.permission, connection).id
            return try lists.returns(
                ReturnQueries.Filter(kind: .cancellation, order: order), by: Ordering(.createdAt), input.page,
                connection)
        }
        return try Page(found, input.page, of: call) { CancellationBody($0, currency: currency) }
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
        let productName: String
        let sku: String
        let quantity: Int
        let amount: Price
    }

    let id: ReturnID
    let items: [Part]
    /// The sum that these items would have cost, with their tax.
    let amount: Price
    /// The share of `amount` that had been paid and has to be refunded.
    let refundAmount: Price
    let reason: String
    let createdAt: Timestamp

    init(_ found: Return, currency: Currency) {
        id = found.id
        items = found.parts.map {
            Part(
                orderItemID: $0.item, productName: $0.name, sku: $0.sku, quantity: $0.quantity,
                amount: currency.price($0.refund))
        }
        amount = currency.price(found.refund)
        refundAmount = currency.price(found.owed)
        reason = found.note
        createdAt = found.createdAt
    }
}
