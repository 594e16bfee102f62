import Commerce
import SQL

/// The test cards, each with an outcome of its own. Their numbers' endings are those of Stripe's test cards
/// (https://docs.stripe.com/testing).
public enum SandboxCard: String, WireEnum {
    /// Pays.
    case visa
    /// Pays, under another brand.
    case mastercard
    /// Asks for a second step.
    case challenge
    /// The bank declines without a reason.
    case declined
    /// The account holds too little.
    case insufficientFunds = "insufficient_funds"
    /// The card has expired.
    case expired

    /// The last four digits.
    var last4: String {
        switch self {
        case .visa: "4242"
        case .mastercard: "4444"
        case .challenge: "3155"
        case .declined: "0341"
        case .insufficientFunds: "9995"
        case .expired: "0069"
        }
    }

    /// The brand as it is shown.
    var brand: String { self == .mastercard ? "mastercard" : "visa" }

    /// What becomes of a payment by it.
    var outcome: SandboxOutcome {
        switch self {
        case .visa, .mastercard: .pay
        case .challenge: .challenge
        case .declined: .cardDeclined
        case .insufficientFunds: .insufficientFunds
        case .expired: .expiredCard
        }
    }
}

/// A saved method as the sandbox keeps it.
struct SandboxMethod: Record, Sendable {
    var id: Int64 = 0
    var reference = ""
    var customer = ""
    var card = SandboxCard.visa
    var expiryYear = 0

    static let columns = Columns<SandboxMethod>(
        .key("id", \.id),
        .column("reference", \.reference),
        .column("customer", \.customer),
        .column("card", \.card),
        .column("expiry_year", \.expiryYear))
}
