import Commerce
import Primitives
import Web

/// A payment as staff see it: with what its gateway answered, and every step that was taken.
public struct StaffPaymentBody: ResponseBody {
    let id: PaymentID
    let orderID: OrderID
    let orderNumber: String
    let userID: UserID?
    let gateway: GatewayCode
    let paymentMethod: String?
    let transactionID: String
    let gatewayReference: String?
    let gatewayTransactionID: String?
    let amount: Price
    let currency: String
    let authorizedAmount: Price
    let capturedAmount: Price
    let feeAmount: Price
    let status: PaymentState
    /// Whether the order had been paid by another payment when the money came.
    let isSurplus: Bool
    let failureReason: String?
    let refundAmount: Price
    let refundStatus: RefundSummary
    let refunds: [RefundBody]
    /// The gateway's last answer, without secrets and card data; null in lists.
    let gatewayResponse: JSONValue
    /// What the gateway was asked; empty in lists.
    let operations: [OperationBody]
    let createdAt: Timestamp
    let updatedAt: Timestamp

    /// Shows a payment; a list leaves out what the gateway answered and was asked.
    public init(
        _ payment: Payment, _ refunds: [Refund], _ operations: [PaymentOperation]? = nil, currency: Currency
    ) {
        let currency = Currency(code: payment.currency) ?? currency
        id = payment.id
        orderID = payment.order
        orderNumber = payment.orderNumber
        userID = payment.user
        gateway = payment.gateway
        paymentMethod = payment.method.isEmpty ? nil : payment.method
        transactionID = payment.transactionID
        gatewayReference = payment.reference.isEmpty ? nil : payment.reference
        gatewayTransactionID = payment.shownTransaction
        amount = currency.price(payment.amount)
        self.currency = payment.currency
        authorizedAmount = currency.price(payment.facts.authorized)
        capturedAmount = currency.price(payment.facts.captured)
        feeAmount = currency.price(payment.fee)
        status = payment.status
        isSurplus = payment.isSurplus
        failureReason = payment.failureReason.isEmpty ? nil : payment.failureReason
        refundAmount = currency.price(payment.refunded)
        refundStatus = payment.refundStatus
        self.refunds = refunds.filter { $0.payment == payment.id }.map {
            RefundBody($0, orderNumber: payment.orderNumber, currency: currency)
        }
        gatewayResponse =
            operations == nil ? .null : (try? JSONValue(parsing: Array(payment.response.utf8))) ?? .null
        self.operations = (operations ?? []).map { OperationBody($0, currency: currency) }
        createdAt = payment.createdAt
        updatedAt = payment.updatedAt
    }
}

/// Something that a gateway was asked, as staff see it.
struct OperationBody: Codable, Sendable {
    let kind: PaymentOperation.Kind
    let status: PaymentOperation.Status
    let amount: Price
    let attempts: Int
    let error: String?
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ operation: PaymentOperation, currency: Currency) {
        kind = operation.kind
        status = operation.status
        amount = currency.price(operation.amount)
        attempts = operation.attempts
        error = operation.error.isEmpty ? nil : operation.error
        createdAt = operation.createdAt
        updatedAt = operation.updatedAt
    }
}
