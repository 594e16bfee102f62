import Primitives

/// How far one attempt to pay an order has come; what counts more stands higher.
///
/// https://razorpay.com/docs/payments/payments/#payment-life-cycle
enum RazorpayStage: Int, Comparable {
    /// `created` or `failed`: nothing moved, the order can still be paid.
    case open
    /// An authorization that was not captured in time went back to the payer.
    case givenBack
    case authorized
    /// Captured, and refunded perhaps.
    case captured

    /// Reads it from `status`. `captured` beside it is looked at only where the status does not tell: it is true in
    /// some events of payments that are `authorized`.
    init(_ payment: RazorpayEntity) {
        switch payment.text("status") {
        case "captured": self = .captured
        case "authorized": self = .authorized
        case "refunded": self = payment.isTrue("captured") ? .captured : .givenBack
        default: self = .open
        }
    }

    static func < (left: RazorpayStage, right: RazorpayStage) -> Bool { left.rawValue < right.rawValue }

    var progress: GatewayPayment.Progress {
        switch self {
        case .open: .open
        case .givenBack: .canceled
        case .authorized, .captured: .processing
        }
    }

    /// Returns the payment of an order that counts: the one that got furthest. Of equals it is the named one, else the
    /// first one where money moved, and the newest of failed attempts, whose reason is the payer's last.
    static func chosen(of payments: [RazorpayEntity], named name: String?) -> RazorpayEntity? {
        guard let furthest = payments.map({ RazorpayStage($0) }).max() else { return nil }
        let equals = payments.filter { RazorpayStage($0) == furthest }
        if let name, let named = equals.first(where: { $0.text("id") == name }) { return named }
        let moment = { (payment: RazorpayEntity) in payment.number("created_at") ?? 0 }
        return furthest == .open
            ? equals.max { moment($0) < moment($1) } : equals.min { moment($0) < moment($1) }
    }
}
