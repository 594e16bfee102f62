import Commerce
import Primitives
import SQL

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The status of a refund: asked for by the customer, or on its way to the payer.
public enum RefundStatus: String, WireEnum {
    /// Asked for; staff decide.
    case requested
    case rejected
    /// Approved: the gateway is asked, or at work.
    case pending
    case completed
    case failed

    /// Whether its amount is taken from what can be refunded.
    public var isCounted: Bool { self != .rejected && self != .failed }

    /// Returns the status once the gateway has reported; a report from before what is known changes nothing.
    func merging(_ report: GatewayRefund.Status) -> RefundStatus {
        switch (self, report) {
        case (.failed, _), (.rejected, _): self
        case (_, .failed): .failed
        case (.completed, _), (_, .completed): .completed
        case (.requested, .pending), (.pending, .pending): .pending
        }
    }
}

/// Whoever asked for a refund.
public enum RefundOrigin: String, WireEnum {
    case customer
    case staff
    /// It follows from a return or a cancellation.
    case system
    /// It was made in the gateway's own dashboard.
    case gateway
}

/// A refund of a payment.
public struct Refund: Sendable, Hashable {
    /// A number of units of a line that it is for.
    public struct Item: Sendable, Hashable, Codable {
        /// The line of the order.
        public let orderItemID: OrderItemID
        /// The units.
        public let quantity: Int

        /// Names so many units of a line.
        public init(_ item: OrderItemID, quantity: Int) {
            orderItemID = item
            self.quantity = quantity
        }
    }

    /// The primary key.
    public internal(set) var id = RefundID(0)
    /// The payment that is refunded.
    public internal(set) var payment = PaymentID(0)
    /// Its order.
    public internal(set) var order = OrderID(0)
    /// The gateway of the payment.
    public internal(set) var gateway = GatewayCode.manual
    /// The amount, in minor units of ``currency``.
    public internal(set) var amount = Money.zero
    /// The ISO 4217 code.
    public internal(set) var currency = ""
    /// The reason, in the words of whoever asked; may be empty.
    public internal(set) var reason = ""
    /// The progress.
    public internal(set) var status = RefundStatus.requested
    /// The gateway's id; empty before its answer came.
    public internal(set) var gatewayRefund = ""
    /// The lines that it is for, as JSON text; `[]` for none in particular.
    var itemsText = "[]"
    /// Whether the units go back into stock.
    public internal(set) var restock = false
    /// Whoever asked for it.
    public internal(set) var origin = RefundOrigin.system
    /// The user who asked for it; nil for a guest and for the system.
    public internal(set) var requestedBy: UserID?
    /// The member of staff who approved or rejected it.
    public internal(set) var decidedBy: UserID?
    /// The remark on that; may be empty.
    public internal(set) var decisionNote = ""
    /// The gateway's reason of a failure; empty without one.
    public internal(set) var failureReason = ""
    /// The moment at which it was asked for, in UTC.
    public internal(set) var createdAt = Timestamp(seconds: 0)
    /// The moment of the last change, in UTC.
    public internal(set) var updatedAt = Timestamp(seconds: 0)
    /// The moment at which the gateway said that it is done, in UTC.
    public internal(set) var completedAt: Timestamp?
    /// What a repetition of the request that made it finds it by; nil where that had no `Idempotency-Key`.
    var requestKey: String?
    /// The return or cancellation that it pays for; nil where it is about none.
    public internal(set) var returnID: ReturnID?

    /// Makes an empty refund, which reading fills.
    public init() {}
}

extension Refund {
    /// The lines that it is for; empty for none in particular.
    public var items: [Item] {
        (try? JSONDecoder().decode([Item].self, from: Data(itemsText.utf8))) ?? []
    }
}

extension Refund: Record {
    /// The columns that a refund is read from and written to.
    public static let columns = Columns<Refund>(
        .key("id", \.id),
        .column("payment_id", \.payment),
        .column("order_id", \.order),
        .column("gateway", \.gateway),
        .column("amount", \.amount),
        .column("currency", \.currency),
        .column("reason", \.reason),
        .column("status", \.status),
        .column("gateway_refund_id", \.gatewayRefund),
        .column("items", \.itemsText),
        .column("restock", \.restock),
        .column("requested_by", \.origin),
        .column("requested_by_id", \.requestedBy),
        .column("decided_by_id", \.decidedBy),
        .column("decision_note", \.decisionNote),
        .column("failure_reason", \.failureReason),
        .column("created_at", \.createdAt),
        .column("updated_at", \.updatedAt),
        .column("completed_at", \.completedAt),
        .column("request_key", \.requestKey),
        .column("return_id", \.returnID))
}

extension RefundSummary {
    /// Returns what the refunds of a payment come to, of which so much was captured and so much has been refunded.
    static func of(_ refunds: [Refund], captured: Money, refunded: Money) -> RefundSummary {
        of(Set(refunds.map(\.status)), captured: captured, refunded: refunded)
    }

    /// Returns what refunds with these statuses come to.
    static func of(_ statuses: Set<RefundStatus>, captured: Money, refunded: Money) -> RefundSummary {
        if captured > .zero, refunded >= captured { return .full }
        if statuses.contains(.pending) { return .pending }
        if statuses.contains(.requested) { return .requested }
        if refunded > .zero { return .partial }
        return statuses.contains(.failed) ? .failed : .none
    }
}
