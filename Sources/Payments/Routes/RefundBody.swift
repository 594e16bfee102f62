import Commerce
import Primitives
import Web

/// A refund, as answers show it.
public struct RefundBody: ResponseBody {
    let id: RefundID
    let paymentID: PaymentID
    let orderID: OrderID
    let orderNumber: String
    let amount: Price
    let currency: String
    let reason: String
    let status: RefundStatus
    let gatewayRefundID: String?
    let items: [Refund.Item]
    let restock: Bool
    /// The return or cancellation that it pays for; null where it is about none.
    let returnID: ReturnID?
    /// Whoever asked for it.
    let origin: RefundOrigin
    /// The user who asked for it; null for a guest and for the system.
    let requestedBy: UserID?
    /// What staff said when they rejected it.
    let decisionNote: String?
    let failureReason: String?
    let createdAt: Timestamp
    let completedAt: Timestamp?

    /// Shows a refund of an order of this number.
    public init(_ refund: Refund, orderNumber: String, currency: Currency) {
        let currency = Currency(code: refund.currency) ?? currency
        id = refund.id
        paymentID = refund.payment
        orderID = refund.order
        self.orderNumber = orderNumber
        amount = currency.price(refund.amount)
        self.currency = refund.currency
        reason = refund.reason
        status = refund.status
        gatewayRefundID = refund.gatewayRefund.isEmpty ? nil : refund.gatewayRefund
        items = refund.items
        restock = refund.restock
        returnID = refund.returnID
        origin = refund.origin
        requestedBy = refund.requestedBy
        decisionNote = refund.decisionNote.isEmpty ? nil : refund.decisionNote
        failureReason = refund.failureReason.isEmpty ? nil : refund.failureReason
        createdAt = refund.createdAt
        completedAt = refund.completedAt
    }
}
