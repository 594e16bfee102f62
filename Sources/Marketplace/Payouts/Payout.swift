import Commerce
import Primitives
import SQL
import Vendors
import Web

/// The progress of a payout.
enum PayoutStatus: String, WireEnum {
    /// Taken from what is available; the bank has not been heard of.
    case pending
    /// The bank has accepted it.
    case processing
    case completed
    case failed

    var isOpen: Bool { self == .pending || self == .processing }
}

/// A payout to a vendor: one for each vendor and period at most.
struct Payout: Sendable, Hashable {
    var id = PayoutID(0)
    var vendor = VendorID(0)
    /// The vendor's name when it was made.
    var vendorName = ""
    /// In minor units of ``currency``.
    var amount = Money.zero
    var currency = ""
    /// The days of the period in the shop's time zone, both included.
    var start = CivilDate(daysSinceEpoch: 0)
    var end = CivilDate(daysSinceEpoch: 0)
    var status = PayoutStatus.pending
    var method = PayoutMethod.manual
    /// The bank's reference once it is paid.
    var reference = ""
    var failureReason = ""
    var createdBy: UserID?
    var createdAt = Timestamp(seconds: 0)
    /// When it was completed or failed.
    var processedAt: Timestamp?
    /// When it was put into a message to the bank; no other message has it.
    var exportedAt: Timestamp?
    /// The id of that message.
    var bankMessage: String?

    /// What the bank knows it by (`EndToEndId`).
    var endToEnd: String { "KONTOR-\(id.rawValue)" }
}

extension Payout: Record {
    static let columns = Columns<Payout>(
        .key("id", \.id),
        .column("vendor_id", \.vendor),
        .column("vendor_name", \.vendorName),
        .column("amount", \.amount),
        .column("currency", \.currency),
        .column("period_start", \.start),
        .column("period_end", \.end),
        .column("status", \.status),
        .column("payout_method", \.method),
        .column("transaction_reference", \.reference),
        .column("failure_reason", \.failureReason),
        .column("created_by", \.createdBy),
        .column("created_at", \.createdAt),
        .column("processed_at", \.processedAt),
        .column("exported_at", \.exportedAt),
        .column("bank_message_id", \.bankMessage))
}

/// The days that a payout run is about, in the shop's time zone, both included.
struct PayoutPeriod: Sendable, Hashable {
    let start: CivilDate
    let end: CivilDate

    /// Returns the last moment of it that counts at `now`: what becomes available later is the next one's.
    func cutoff(at now: Timestamp, in zone: TimeZoneRules) -> Timestamp {
        min(now, zone.start(of: CivilDate(daysSinceEpoch: end.daysSinceEpoch + 1)) - .milliseconds(1))
    }
}

/// What cannot be done with a payout, in business words.
enum PayoutError: BusinessError, Equatable {
    case invalidStatus(PayoutStatus, wanted: PayoutStatus)
    case tooManyDocuments
    /// Something of the message has been paid or has failed.
    case messageAnswered
    /// The message would not be the same any more.
    case messageChanged

    var kind: ErrorKind {
        switch self {
        case .invalidStatus, .messageAnswered, .messageChanged: .conflict
        case .tooManyDocuments: .unavailable
        }
    }

    var code: String {
        switch self {
        case .invalidStatus: "invalid_payout_status"
        case .tooManyDocuments: "too_many_documents"
        case .messageAnswered: "bank_message_answered"
        case .messageChanged: "bank_message_changed"
        }
    }

    var message: String {
        switch self {
        case .invalidStatus(let status, let wanted):
            "A payout that is \(status.rawValue) cannot become \(wanted.rawValue)."
        case .tooManyDocuments: "Too many documents are being drawn. Please try again in a moment."
        case .messageAnswered: "Payouts of this message are no longer pending, so it is not given again."
        case .messageChanged:
            "A name or an account has changed since this message was made, so it is not given again."
        }
    }

    var retryAfter: TimeSpan? { self == .tooManyDocuments ? .seconds(2) : nil }
}
