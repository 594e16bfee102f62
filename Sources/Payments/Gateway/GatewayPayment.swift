import Commerce
import Primitives
import SQL

/// The names that a payment goes by: ours, and those that its gateway gave it.
public struct GatewayLookup: Sendable, Hashable {
    /// Our own id of the payment, which gateways keep in their metadata; unique, holds a letter.
    public let transactionID: String
    /// The gateway's id of what was made for the payer to pay: a PaymentIntent, an order. Nil before its answer came.
    public var reference: String?
    /// The gateway's id of the transaction that moved the money: a charge, a capture, a Razorpay payment.
    public var transaction: String?

    /// Names a payment; the gateway's names are left out where they are not known yet.
    public init(transactionID: String, reference: String? = nil, transaction: String? = nil) {
        self.transactionID = transactionID
        self.reference = reference
        self.transaction = transaction
    }
}

/// The step that the payer's browser takes next.
public enum NextAction: Sendable, Hashable {
    /// A secret with which Stripe's library in the browser confirms the payment, under this public key.
    case clientSecret(String, publicKey: String)
    /// A page of the gateway's to go to.
    case redirect(String)
    /// An order for Razorpay's checkout in the browser, under this public key.
    case razorpayCheckout(order: String, publicKey: String)
}

/// A payment as its gateway sees it at some moment, in the words that all gateways share.
///
/// It states facts, not changes: two reports of the same moment say the same, and an older one says less. So reports may come in any
/// order and more than once (``PaymentFacts``). Amounts are in minor units of the payment's currency.
public struct GatewayPayment: Sendable, Hashable {
    /// What has become of the payment apart from money that moved.
    public enum Progress: Int, Sendable, Hashable, CaseIterable, Comparable {
        /// The payer has something to do.
        case open
        /// The payer has agreed, and the capture or authorization is the shop's to make (PayPal).
        case approved
        /// The gateway or a bank is at work.
        case processing
        /// The attempt failed.
        case failed
        /// It was canceled, voided or has expired: no money can come any more, unless it had come before.
        case canceled

        /// Compares by how final they are.
        public static func < (left: Progress, right: Progress) -> Bool { left.rawValue < right.rawValue }
    }

    /// The payment's names.
    public var names: GatewayLookup
    /// The progress.
    public var progress: Progress
    /// What has been authorized, captured parts included; zero before.
    public var authorized: Money
    /// What has been captured in total, without regard to refunds; zero before.
    public var captured: Money
    /// What the gateway kept of it as a fee; nil where the report does not tell.
    public var fee: Money?
    /// The reason of a failure in words for the payer; empty without one.
    public var failureReason: String
    /// The kind of method: `card`, `paypal`, `upi`; empty before it is known.
    public var method: String
    /// The step of the payer's browser; nil where there is none, or where the report does not tell.
    public var nextAction: NextAction?
    /// All refunds that the report tells of; a report may leave out some.
    public var refunds: [GatewayRefund]
    /// All disputes that the report tells of; a report may leave out some.
    public var disputes: [GatewayDispute]
    /// The gateway's id of the method that it has saved with this payment, by the payer's wish; nil where it has saved none.
    public var savedMethod: String?
    /// The gateway's answer for staff, without secrets and card data.
    public var response: JSONValue

    /// Reports a payment of which nothing has happened unless said.
    public init(
        _ names: GatewayLookup, _ progress: Progress = .open, authorized: Money = .zero, captured: Money = .zero,
        fee: Money? = nil, failureReason: String = "", method: String = "", nextAction: NextAction? = nil,
        refunds: [GatewayRefund] = [], disputes: [GatewayDispute] = [], savedMethod: String? = nil,
        response: JSONValue = .null
    ) {
        self.names = names
        self.progress = progress
        self.authorized = max(authorized, captured)
        self.captured = captured
        self.fee = fee
        self.failureReason = failureReason
        self.method = method
        self.nextAction = nextAction
        self.refunds = refunds
        self.disputes = disputes
        self.savedMethod = savedMethod
        self.response = response
    }
}

/// A refund as its gateway sees it.
public struct GatewayRefund: Sendable, Hashable {
    /// The progress of a refund at its gateway. A completed one can still fail, when the payer's bank sends it back; a failed
    /// one stays so.
    public enum Status: Int, Sendable, Hashable, CaseIterable, Comparable {
        case pending
        case completed
        case failed

        /// Compares by how final they are.
        public static func < (left: Status, right: Status) -> Bool { left.rawValue < right.rawValue }
    }

    /// The gateway's id of the refund.
    public var id: String
    /// Our row of the refund, where the gateway's metadata names it; nil for one that was made in its dashboard.
    public var refund: RefundID?
    /// The amount, in minor units.
    public var amount: Money
    /// The progress.
    public var status: Status
    /// The reason of a failure; empty without one.
    public var failureReason: String

    /// Reports a refund.
    public init(_ id: String, _ refund: RefundID?, amount: Money, _ status: Status, failureReason: String = "") {
        self.id = id
        self.refund = refund
        self.amount = amount
        self.status = status
        self.failureReason = failureReason
    }
}

/// A dispute as its gateway sees it.
public struct GatewayDispute: Sendable, Hashable {
    /// The progress of a dispute; what follows stands higher.
    public enum Status: String, WireEnum, Comparable {
        /// The bank asks; an answer is due.
        case open
        /// The answer was given, the bank decides.
        case underReview = "under_review"
        /// The money stays with the shop.
        case won
        /// The money went back to the payer.
        case lost

        /// Compares by how final they are.
        public static func < (left: Status, right: Status) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// The gateway's id of the dispute.
    public var id: String
    /// The progress.
    public var status: Status
    /// The amount that is asked back, in minor units.
    public var amount: Money
    /// The bank's reason, in the gateway's words.
    public var reason: String
    /// The moment until which evidence is taken; nil where none is named.
    public var dueBy: Timestamp?

    /// Reports a dispute.
    public init(_ id: String, _ status: Status, amount: Money, reason: String, dueBy: Timestamp?) {
        self.id = id
        self.status = status
        self.amount = amount
        self.reason = reason
        self.dueBy = dueBy
    }
}
