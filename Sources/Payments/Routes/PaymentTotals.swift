import Commerce
import Primitives
import Web

/// The user whose payments are summed up.
struct PaymentTotalsInput: Input {
    let user: UserID

    init(_ fields: Fields) {
        user = fields.id("user")
    }
}

/// What somebody has paid by now, in the shop's currency.
struct PaymentTotalsBody: ResponseBody {
    let capturedAmount: Price
    let refundedAmount: Price
    /// What was captured and not refunded.
    let keptAmount: Price
    let currency: String

    /// - Throws: `OutOfRange`.
    init(captured: Money, refunded: Money, currency: Currency) throws(OutOfRange) {
        capturedAmount = currency.price(captured)
        refundedAmount = currency.price(refunded)
        keptAmount = currency.price(try captured - refunded)
        self.currency = currency.code
    }
}
