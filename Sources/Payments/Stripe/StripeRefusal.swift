/// An answer of Stripe's that says no (https://docs.stripe.com/api/errors).
struct StripeRefusal: Error {
    /// The status of the answer, from 400.
    let status: Int
    /// The object under `error`.
    let error: StripeObject

    /// The error in the words that all gateways share.
    ///
    /// What Stripe's library calls a card error is 402; 409 is a lock or a key that another request holds, and may be
    /// repeated with the same key.
    var gatewayError: GatewayError {
        let message = error.text("message") ?? "it gives no reason"
        switch status {
        case 402: return .declined(code: error.text("decline_code") ?? code, message)
        case 409: return .unavailable("it is busy with this object (\(code))", isUndone: code == "lock_timeout")
        default: return .refused(status: status, code: code, message)
        }
    }

    /// The code, or the type where there is none.
    var code: String { error.text("code") ?? error.text("type") ?? "" }

    /// The PaymentIntent whose payer has to prove who they are before the saved method can be charged; nil for other
    /// refusals.
    var intentAwaitingPayer: StripeObject? {
        status == 402 && code == Self.awaitsPayer ? error.object("payment_intent") : nil
    }

    /// The code of a payment that was tried without the payer and needs them.
    static let awaitsPayer = "authentication_required"
    /// The code of an object that does not exist.
    static let isMissing = "resource_missing"
    /// The code of a PaymentIntent whose state does not allow what was asked.
    static let hasOtherState = "payment_intent_unexpected_state"
}
