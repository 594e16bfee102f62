import Commerce
import Primitives
import SQL

/// A dispute of a payment: the payer's bank asks for the money back.
public struct Dispute: Sendable, Hashable {
    /// The primary key.
    public internal(set) var id = DisputeID(0)
    /// The disputed payment.
    public internal(set) var payment = PaymentID(0)
    /// Its order.
    public internal(set) var order = OrderID(0)
    /// The gateway of the payment.
    public internal(set) var gateway = GatewayCode.manual
    /// The gateway's id of it.
    public internal(set) var gatewayDispute = ""
    /// The progress.
    public internal(set) var status = GatewayDispute.Status.open
    /// What is asked back, in minor units of ``currency``.
    public internal(set) var amount = Money.zero
    /// The ISO 4217 code.
    public internal(set) var currency = ""
    /// The bank's reason, in the gateway's words.
    public internal(set) var reason = ""
    /// Until when evidence is taken, in UTC; nil where no time is named.
    public internal(set) var dueBy: Timestamp?
    /// The moment at which it became known, in UTC.
    public internal(set) var createdAt = Timestamp(seconds: 0)
    /// The moment of the last change, in UTC.
    public internal(set) var updatedAt = Timestamp(seconds: 0)

    /// Makes an empty dispute, which reading fills.
    public init() {}

    /// What the bank has taken back for good, in minor units.
    var lost: Money { status == .lost ? amount : .zero }
}

extension Dispute: Record {
    /// The columns that a dispute is read from and written to.
    public static let columns = Columns<Dispute>(
        .key("id", \.id),
        .column("payment_id", \.payment),
        .column("order_id", \.order),
        .column("gateway", \.gateway),
        .column("gateway_dispute_id", \.gatewayDispute),
        .column("status", \.status),
        .column("amount", \.amount),
        .column("currency", \.currency),
        .column("reason", \.reason),
        .column("due_by", \.dueBy),
        .column("created_at", \.createdAt),
        .column("updated_at", \.updatedAt))
}
