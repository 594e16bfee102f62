import Commerce
import Primitives
import SQL

/// A refund as the sandbox keeps it.
struct SandboxRefund: Record, Sendable {
    /// The states of a refund.
    enum Status: String, WireEnum {
        case pending
        case completed
        case failed
    }

    var id: Int64 = 0
    var reference = ""
    var paymentID: Int64 = 0
    /// The shop's own row, as its metadata names it.
    var shopRefund: Int64 = 0
    var amount = Money.zero
    var status = Status.pending
    var failureReason = ""
    var createdAt = Timestamp(microseconds: 0)

    static let columns = Columns<SandboxRefund>(
        .key("id", \.id),
        .column("reference", \.reference),
        .column("payment_id", \.paymentID),
        .column("shop_refund", \.shopRefund),
        .column("amount", \.amount),
        .column("status", \.status),
        .column("failure_reason", \.failureReason),
        .column("created_at", \.createdAt))
}

/// A dispute as the sandbox keeps it.
struct SandboxDispute: Record, Sendable {
    var id: Int64 = 0
    var reference = ""
    var paymentID: Int64 = 0
    var amount = Money.zero
    var status = GatewayDispute.Status.open
    var reason = ""
    var dueBy = Timestamp(microseconds: 0)
    var createdAt = Timestamp(microseconds: 0)

    static let columns = Columns<SandboxDispute>(
        .key("id", \.id),
        .column("reference", \.reference),
        .column("payment_id", \.paymentID),
        .column("amount", \.amount),
        .column("status", \.status),
        .column("reason", \.reason),
        .column("due_by", \.dueBy),
        .column("created_at", \.createdAt))

    /// Whether the money may go back, or has gone back, to the payer.
    var holdsMoney: Bool { status != .won }
}
