import Commerce
import Primitives
import SQL

/// A payment of an order through one gateway: what was asked for, and what is known to have become of it.
public struct Payment: Sendable, Hashable {
    /// The primary key.
    public internal(set) var id = PaymentID(0)
    /// Our own id, by which gateways know the payment; unique, holds a letter.
    public internal(set) var transactionID = ""
    /// The order that is paid.
    public internal(set) var order = OrderID(0)
    /// The order's number, as customers know it.
    public internal(set) var orderNumber = ""
    /// The customer; nil for a guest and where the user was erased.
    public internal(set) var user: UserID?
    /// The gateway that it goes through.
    public internal(set) var gateway = GatewayCode.manual
    /// The kind of method, `card` or `upi`; empty before it is known.
    public internal(set) var method = ""
    /// The gateway's id of what the payer pays with; empty before its answer came.
    public internal(set) var reference = ""
    /// The gateway's id of the transaction that moved the money; empty before.
    public internal(set) var gatewayTransaction = ""
    /// The amount asked for, in minor units of ``currency``.
    public internal(set) var amount = Money.zero
    /// The ISO 4217 code of all its amounts.
    public internal(set) var currency = ""
    /// The union of all reports about it.
    public internal(set) var facts = PaymentFacts()
    /// The sum of its completed refunds, in minor units.
    public internal(set) var refunded = Money.zero
    /// What the gateway kept as fees, in minor units.
    public internal(set) var fee = Money.zero
    /// The status, which follows from ``facts`` and ``refunded``.
    public internal(set) var status = PaymentState.pending
    /// The status of its refunds, which follows from them.
    public internal(set) var refundStatus = RefundSummary.none
    /// Whether the order had been paid by another payment when the money came.
    public internal(set) var isSurplus = false
    /// The reason of the last failure, in words for the payer; empty without one.
    public internal(set) var failureReason = ""
    /// The sealed step of the payer's browser; nil where there is none.
    var sealedAction: String?
    /// Where the payer comes back to; empty for the shop's own page.
    public internal(set) var returnURL = ""
    /// What the gateway answered last, as JSON text for staff: without secrets and card data.
    public internal(set) var response = "null"
    /// When the gateway was last asked because somebody looked, in UTC.
    public internal(set) var askedAt: Timestamp?
    /// When reconciliation asks the gateway next, in UTC; nil where nothing is open.
    public internal(set) var nextCheckAt: Timestamp?
    /// How often reconciliation has asked.
    var checks = 0
    /// The moment at which it was begun, in UTC.
    public internal(set) var createdAt = Timestamp(seconds: 0)
    /// The moment of the last change, in UTC.
    public internal(set) var updatedAt = Timestamp(seconds: 0)

    /// Makes an empty payment, which reading fills.
    public init() {}

    /// The names that it goes by at its gateway.
    public var names: GatewayLookup {
        GatewayLookup(
            transactionID: transactionID, reference: reference.isEmpty ? nil : reference,
            transaction: gatewayTransaction.isEmpty ? nil : gatewayTransaction)
    }
}

/// What has become of a payment's refunds together.
public enum RefundSummary: String, WireEnum {
    case none
    case requested
    case pending
    case partial
    case full
    case failed
}

extension Payment: Record {
    /// The columns that a payment is read from and written to.
    public static let columns = Columns<Payment>(
        .key("id", \.id),
        .column("transaction_id", \.transactionID),
        .column("order_id", \.order),
        .column("order_number", \.orderNumber),
        .column("user_id", \.user),
        .column("gateway", \.gateway),
        .column("payment_method", \.method),
        .column("gateway_reference", \.reference),
        .column("gateway_transaction_id", \.gatewayTransaction),
        .column("amount", \.amount),
        .column("currency", \.currency),
        .column("authorized_amount", \.facts.authorized),
        .column("captured_amount", \.facts.captured),
        .column(
            "progress", \.facts.progress, read: { try GatewayPayment.Progress(stored: $0) }, write: { $0.rawValue }),
        .column("refunded_amount", \.refunded),
        .column("fee_amount", \.fee),
        .column("status", \.status),
        .column("refund_status", \.refundStatus),
        .column("is_surplus", \.isSurplus),
        .column("failure_reason", \.failureReason),
        .column("next_action", \.sealedAction),
        .column("return_url", \.returnURL),
        .column("gateway_response", \.response),
        .column("asked_at", \.askedAt),
        .column("next_check_at", \.nextCheckAt),
        .column("checks", \.checks),
        .column("created_at", \.createdAt),
        .column("updated_at", \.updatedAt))
}

extension GatewayPayment.Progress {
    fileprivate init(stored: Int) throws(SQLError) {
        guard let progress = GatewayPayment.Progress(rawValue: stored) else {
            throw SQLError(.decoding, message: "no progress of a payment: \(stored)")
        }
        self = progress
    }
}
