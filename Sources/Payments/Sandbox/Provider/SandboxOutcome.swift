import Commerce
import SQL

/// What a payer, or a test card, makes of a payment.
public enum SandboxOutcome: String, WireEnum {
    /// The payment succeeds: captured, or authorized where the shop captures by itself.
    case pay
    /// The bank asks for a second step.
    case challenge
    /// The bank declines without a reason.
    case cardDeclined = "card_declined"
    /// The account holds too little.
    case insufficientFunds = "insufficient_funds"
    /// The card has expired.
    case expiredCard = "expired_card"
    /// The bank is at work for a while; then the payment succeeds.
    case payLater = "pay_later"
    /// The bank is at work for a while; then the payment fails.
    case failLater = "fail_later"
    /// The payer goes back without paying.
    case abandon
}

/// A reason for which the sandbox's bank says no, in words for the payer.
enum SandboxDecline: String, WireEnum {
    case cardDeclined = "card_declined"
    case insufficientFunds = "insufficient_funds"
    case expiredCard = "expired_card"
    case authenticationFailed = "authentication_failed"
    case bankRefused = "bank_refused"

    /// A sentence for the payer.
    var words: String {
        switch self {
        case .cardDeclined: "Your card was declined."
        case .insufficientFunds: "Your card has insufficient funds."
        case .expiredCard: "Your card has expired."
        case .authenticationFailed: "We could not confirm that it is you. Please choose another card."
        case .bankRefused: "Your bank did not carry out the payment."
        }
    }
}
