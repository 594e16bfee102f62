import Commerce
import Primitives
import Web

/// A return as responses show it.
public struct ReturnBody: ResponseBody {
    struct Part: Codable, Sendable {
        let id: Int64
        let orderItemID: OrderItemID
        let productName: String
        let sku: String
        let quantity: Int
        let reason: String
        let receivedQuantity: Int
        let restockedQuantity: Int
        let refundAmount: Price
    }

    let id: ReturnID
    let orderID: OrderID
    let orderNumber: String
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
        case id, orderID, orderNumber, status, note, staffNote, refundAmount, creditAmount
        case refundsShipping = "refund_shipping"
        case items, createdAt, updatedAt
    }

    /// Shows `found` with amounts in `currency`.
    public init(_ found: Return, currency: Currency) {
        id = found.id
        orderID = found.order
        orderNumber = found.orderNumber
        status = found.status
        note = found.note
        staffNote = found.staffNote
        refundAmount = currency.price(found.owed)
        creditAmount = currency.price(found.refund)
        refundsShipping = found.refundsShipping
        items = found.parts.map { part in
            Part(
                id: part.id, orderItemID: part.item, productName: part.name, sku: part.sku, quantity: part.quantity,
                reason: part.reason, receivedQuantity: part.received, restockedQuantity: part.restocked,
                refundAmount: currency.price(part.refund))
        }
        createdAt = found.createdAt
        updatedAt = found.updatedAt
    }
}
