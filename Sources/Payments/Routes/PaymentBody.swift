import Commerce
import Primitives
import SQL
import Web

/// A payment as its payer sees it.
public struct PaymentBody: ResponseBody {
    let id: PaymentID
    let orderID: OrderID
    let orderNumber: String
    let gateway: GatewayCode
    /// Null before it is known.
    let paymentMethod: String?
    /// Our own id of it.
    let transactionID: String
    /// The gateway's id of what moved the money, or of what the payer pays with; null before.
    let gatewayTransactionID: String?
    let amount: Price
    let currency: String
    let status: PaymentState
    let failureReason: String?
    /// What has been refunded.
    let refundAmount: Price
    let refundStatus: RefundSummary
    let refunds: [RefundBody]
    let nextAction: NextActionBody?
    let createdAt: Timestamp
    let updatedAt: Timestamp

    /// Shows a payment with its refunds and the step of the payer's browser.
    public init(_ payment: Payment, _ refunds: [Refund], _ action: NextAction?, currency: Currency) {
        let currency = Currency(code: payment.currency) ?? currency
        id = payment.id
        orderID = payment.order
        orderNumber = payment.orderNumber
        gateway = payment.gateway
        paymentMethod = payment.method.isEmpty ? nil : payment.method
        transactionID = payment.transactionID
        gatewayTransactionID = payment.shownTransaction
        amount = currency.price(payment.amount)
        self.currency = payment.currency
        status = payment.status
        failureReason = payment.failureReason.isEmpty ? nil : payment.failureReason
        refundAmount = currency.price(payment.refunded)
        refundStatus = payment.refundStatus
        self.refunds = refunds.filter { $0.payment == payment.id }.map {
            RefundBody($0, orderNumber: payment.orderNumber, currency: currency)
        }
        nextAction = action.map(NextActionBody.init)
        createdAt = payment.createdAt
        updatedAt = payment.updatedAt
    }
}

extension Payment {
    /// The gateway's id that is shown: that of what moved the money before that of what it is paid with.
    var shownTransaction: String? {
        [gatewayTransaction, reference].first { !$0.isEmpty }
    }
}

/// The step of the payer's browser, as answers show it.
struct NextActionBody: Codable, Sendable {
    enum Kind: String, WireEnum {
        case clientSecret = "client_secret"
        case redirect
        case razorpayCheckout = "razorpay_checkout"
    }

    let type: Kind
    let clientSecret: String?
    let url: String?
    let publicKey: String?
    let gatewayOrderID: String?

    init(_ action: NextAction) {
        switch action {
        case .clientSecret(let secret, let key):
            self.init(.clientSecret, clientSecret: secret, publicKey: key)
        case .redirect(let url): self.init(.redirect, url: url)
        case .razorpayCheckout(let order, let key):
            self.init(.razorpayCheckout, publicKey: key, gatewayOrderID: order)
        }
    }

    private init(
        _ type: Kind, clientSecret: String? = nil, url: String? = nil, publicKey: String? = nil,
        gatewayOrderID: String? = nil
    ) {
        self.type = type
        self.clientSecret = clientSecret
        self.url = url
        self.publicKey = publicKey
        self.gatewayOrderID = gatewayOrderID
    }
}
