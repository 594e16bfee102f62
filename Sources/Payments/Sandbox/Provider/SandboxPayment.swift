import Commerce
import Primitives
import SQL

/// A payment as the sandbox keeps it: the provider's side.
struct SandboxPayment: Record, Sendable {
    /// The states of a payment, by the names that Stripe has for a PaymentIntent's; `failed` is one of its own.
    enum Status: String, WireEnum {
        case requiresMethod = "requires_payment_method"
        case requiresAction = "requires_action"
        case processing
        case requiresCapture = "requires_capture"
        case succeeded
        case failed
        case canceled
    }

    var id: Int64 = 0
    var reference = ""
    var transactionID = ""
    var orderNumber = ""
    /// In minor units of `currency`, as all amounts here.
    var amount = Money.zero
    var currency = ""
    var returnURL = ""
    var isManual = false
    var status = Status.requiresMethod
    var authorized = Money.zero
    var captured = Money.zero
    var fee: Money?
    var method = ""
    var failureCode = ""
    var failureReason = ""
    var customer: String?
    var savesMethod = false
    var savedMethod: String?
    var createdAt = Timestamp(microseconds: 0)

    static let columns = Columns<SandboxPayment>(
        .key("id", \.id),
        .column("reference", \.reference),
        .column("transaction_id", \.transactionID),
        .column("order_number", \.orderNumber),
        .column("amount", \.amount),
        .column("currency", \.currency),
        .column("return_url", \.returnURL),
        .column("is_manual", \.isManual),
        .column("status", \.status),
        .column("authorized", \.authorized),
        .column("captured", \.captured),
        .column("fee", \.fee),
        .column("method", \.method),
        .column("failure_code", \.failureCode),
        .column("failure_reason", \.failureReason),
        .column("customer", \.customer),
        .column("saves_method", \.savesMethod),
        .column("saved_method", \.savedMethod),
        .column("created_at", \.createdAt))
}

extension SandboxPayment {
    /// Whether the payer can still choose.
    var isPayable: Bool { status == .requiresMethod || status == .requiresAction }

    /// Whether nothing has been captured and something may still come.
    var isOpen: Bool { isPayable || status == .processing || status == .requiresCapture }
}
