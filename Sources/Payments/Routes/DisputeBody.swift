import Commerce
import Primitives
import Web

/// A dispute, as staff see it.
struct DisputeBody: ResponseBody {
    let id: DisputeID
    let paymentID: PaymentID
    let orderID: OrderID
    let orderNumber: String
    let gateway: GatewayCode
    let gatewayDisputeID: String
    let status: GatewayDispute.Status
    let amount: Price
    let currency: String
    let reason: String
    let dueBy: Timestamp?
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ dispute: Dispute, orderNumber: String, currency: Currency) {
        let currency = Currency(code: dispute.currency) ?? currency
        id = dispute.id
        paymentID = dispute.payment
        orderID = dispute.order
        self.orderNumber = orderNumber
        gateway = dispute.gateway
        gatewayDisputeID = dispute.gatewayDispute
        status = dispute.status
        amount = currency.price(dispute.amount)
        self.currency = dispute.currency
        reason = dispute.reason
        dueBy = dispute.dueBy
        createdAt = dispute.createdAt
        updatedAt = dispute.updatedAt
    }
}
