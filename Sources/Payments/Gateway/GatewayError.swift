import Commerce
import Primitives

/// A failure of a gateway, or a refusal by one.
public enum GatewayError: BusinessError, Equatable {
    /// It cannot be reached, is too slow, fails or answers nonsense. `isUndone` where the call surely had no effect.
    case unavailable(String, isUndone: Bool)
    /// The payer's bank or the gateway's risk check says no, in words for the payer.
    case declined(code: String, String)
    /// The gateway refuses the request itself: wrong keys, a state that does not allow it, a malformed value.
    case refused(status: Int, code: String, String)
    /// The signature of a webhook is missing, forged, or too old.
    case badSignature(String)
    /// The gateway cannot do this at all.
    case unsupported(String)

    /// 503 for a failure, 400 for a forged webhook, else 409.
    public var kind: ErrorKind {
        switch self {
        case .unavailable: .unavailable
        case .badSignature: .invalid
        case .declined, .refused, .unsupported: .conflict
        }
    }

    /// Stable codes.
    public var code: String {
        switch self {
        case .unavailable: "gateway_unavailable"
        case .declined: "payment_declined"
        case .refused: "gateway_refused"
        case .badSignature: "invalid_signature"
        case .unsupported: "not_supported"
        }
    }

    /// A sentence for the caller: nothing of a gateway's failure, and of its refusals only the words that are for payers.
    public var message: String {
        switch self {
        case .unavailable: "The payment service does not answer. Please try again in a moment."
        case .declined(_, let words): words
        case .refused: "The payment service refused this."
        case .badSignature(let reason): reason
        case .unsupported(let reason): reason
        }
    }

    /// A few seconds, where another try may succeed.
    public var retryAfter: TimeSpan? { if case .unavailable = self { .seconds(5) } else { nil } }

    /// One line for the log and for staff: never a secret.
    public var reason: String {
        switch self {
        case .unavailable(let reason, _): reason
        case .declined(let code, let words), .refused(_, let code, let words):
            code.isEmpty ? words : "\(code): \(words)"
        case .badSignature(let reason), .unsupported(let reason): reason
        }
    }
}
