import Commerce
import Modules
import Orders
import Primitives

/// The shop owner's settings for orders.
public struct CheckoutSettings: Sendable {
    /// The currency of all prices: `DEFAULT_CURRENCY`.
    public let currency: Currency
    /// The time for which an unpaid order keeps its stock: `RESERVATION_MINUTES`, 30 minutes by default.
    public let reservation: TimeSpan
    /// The time that a bank transfer may take: `TRANSFER_DAYS`, 7 days by default.
    public let transfer: TimeSpan
    /// The time after the last parcel in which goods may be returned: `RETURN_DAYS`, 30 days by default.
    public let returns: TimeSpan
    /// Whether prices include their tax: `TAX_INCLUSIVE`.
    public let isTaxInclusive: Bool

    /// Creates settings; what is left out has its default.
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

    /// Returns the moment at which an order over `total` is canceled if it stays unpaid; nil where it waits for no
    /// payment.
    func deadline(_ method: PaymentMethod, total: Money, from now: Timestamp) -> Timestamp? {
        if total == .zero { return nil }
        return switch method {
        case .cashOnDelivery: nil
        case .bankTransfer: now + transfer
        case .card, .paypal, .razorpay, .upi, .wallet, .netbanking, .sandbox: now + reservation
        }
    }
}

extension CheckoutSettings: ModuleSettings {
    /// Reads `RESERVATION_MINUTES` (30 by default), `TRANSFER_DAYS` (7) and `RETURN_DAYS` (30).
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        self.init(
            currency: shop.currency,
            reservation: .minutes(Int64(try source.number("RESERVATION_MINUTES", or: 30, in: 1...525_600))),
            transfer: .days(Int64(try source.number("TRANSFER_DAYS", or: 7, in: 1...365))),
            returns: .days(Int64(try source.number("RETURN_DAYS", or: 30, in: 0...3_650))),
            isTaxInclusive: shop.isTaxInclusive)
    }
}
