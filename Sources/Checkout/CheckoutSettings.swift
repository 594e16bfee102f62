import Commerce
import Orders
import Primitives

/// What the shop's owner decides about orders.
public struct CheckoutSettings: Sendable {
    /// `DEFAULT_CURRENCY`.
    public let currency: Currency
    /// How long an unpaid order keeps its stock: `RESERVATION_MINUTES`, 30 minutes unless said.
    public let reservation: TimeSpan
    /// How long a bank transfer may take: `TRANSFER_DAYS`, 7 days unless said.
    public let transfer: TimeSpan
    /// How long after its last parcel something may be sent back: `RETURN_DAYS`, 30 days unless said.
    public let returns: TimeSpan
    /// Whether prices include the tax: `TAX_INCLUSIVE`.
    public let isTaxInclusive: Bool

    public init(
        currency: Currency = .usd, reservation: TimeSpan = .minutes(30), transfer: TimeSpan = .days(7),
        returns: TimeSpan = .days(30), isTaxInclusive: Bool = false
    ) {
        self.currency = currency
        self.reservation = reservation
        self.transfer = transfer
        self.returns = returns
        self.isTaxInclusive = isTaxInclusive
    }

    /// When an order that comes to `total` is cancelled if it stays unpaid; nil where it waits for no payment.
    func deadline(_ method: PaymentMethod, total: Money, from now: Timestamp) -> Timestamp? {
        if total == .zero { return nil }
        return switch method {
        case .cashOnDelivery: nil
        case .bankTransfer: now + transfer
        case .card, .paypal, .razorpay, .upi, .wallet, .netbanking, .sandbox: now + reservation
        }
    }
}
