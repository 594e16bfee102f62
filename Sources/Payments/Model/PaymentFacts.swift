import Commerce
import SQL

/// What is known for certain of a payment: the union of all reports about it.
///
/// Reports come from answers, webhooks and reconciliation, late, doubled and in any order. Each field only ever grows, so merging is
/// commutative, associative and idempotent, and whatever the order of reports, the end is the same.
public struct PaymentFacts: Sendable, Hashable {
    /// The most that was authorized, in minor units.
    public var authorized = Money.zero
    /// The most that was captured in total, in minor units.
    public var captured = Money.zero
    /// The most final progress.
    public var progress = GatewayPayment.Progress.open

    /// Knows nothing yet.
    public init() {}

    /// Returns the union with what a report says.
    public func merging(_ report: GatewayPayment) -> PaymentFacts {
        var facts = self
        facts.captured = max(captured, report.captured)
        facts.authorized = max(authorized, report.authorized, facts.captured)
        facts.progress = max(progress, report.progress)
        return facts
    }

    /// Returns the status of a payment of which so much has been refunded. Money that moved goes before everything: a payment that
    /// was declined and then captured is completed.
    public func status(refunded: Money) -> PaymentState {
        if captured > .zero {
            if refunded >= captured { return .refunded }
            return refunded > .zero ? .partiallyRefunded : .completed
        }
        switch progress {
        case .canceled: return .cancelled
        case _ where authorized > .zero: return .authorized
        case .failed: return .failed
        case .processing, .approved: return .processing
        case .open: return .pending
        }
    }
}

/// The status of a payment, derived by one function from what is known of it (``PaymentFacts/status(refunded:)``).
public enum PaymentState: String, WireEnum {
    case pending
    case processing
    case authorized
    case completed
    case failed
    case cancelled
    case partiallyRefunded = "partially_refunded"
    case refunded

    /// Whether the payer may still pay, or the gateway is at work.
    public var isOpen: Bool { self == .pending || self == .processing }
    /// Whether money came, even where it was refunded afterwards.
    public var isCaptured: Bool { self == .completed || self == .partiallyRefunded || self == .refunded }
}
