import Commerce
import Primitives
import Web

/// A return as responses show it.
public struct ReturnBody: ResponseBody {
    struct Part: Codable, Sendable {
        let id: Int64
        let orderItemID: OrderItemID
        let quantity: Int
        let reason: String
        let receivedQuantity: Int
        let restockedQuantity: Int
        let refundAmount: Price

        enum CodingKeys: String, CodingKey {
            case id
            case orderItemID = "order_item_id"
            case quantity, reason
            case receivedQuantity = "received_quantity"
            case restockedQuantity = "restocked_quantity"
            case refundAmount = "refund_amount"
        }
    }

    let id: ReturnID
    let orderID: OrderID
    let status: ReturnStatus
    let note: String
    let staffNote: String
    /// The amount that has to be refunded.
    let refundAmount: Price
    /// The value of what came back; more than `refundAmount` where it came back before it was paid.
    let creditAmount: Price
    let refundsShipping: Bool
    let items: [Part]
    let createdAt: Timestamp
    let updatedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case id
        case orderID = "order_id"
        case status, note
        case staffNote = "staff_note"
        case refundAmount = "refund_amount"
        case creditAmount = "credit_amount"
        case refundsShipping = "refund_shipping"
        case items
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    /// Shows `found` with amounts in `currency`.
    public init(_ found: Return, currency: Currency) {
        id = found.id
        orderID = found.order
        status = found.status
        note = found.note
        staffNote = found.staffNote
        refundAmount = currency.price(found.owed)
        creditAmount = currency.price(found.refund)
        refundsShipping = found.refundsShipping
        items = found.parts.map { part in
            Part(
                id: part.id, orderItemID: part.item, quantity: part.quantity, reason: part.reason,
                receivedQuantity: part.received, restockedQuantity: part.restocked,
                refundAmount: currency.price(part.refund))
        }
        createdAt = found.createdAt
        updatedAt = found.updatedAt
    }
}
