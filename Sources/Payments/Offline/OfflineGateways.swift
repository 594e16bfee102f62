import Commerce
import Primitives

/// A gateway without a network: cash on delivery, or money that staff have seen by themselves.
///
/// It keeps nothing. The shop's own rows are all that is known of such a payment, so each call answers with what it is
/// told, the same for the same call whenever it is repeated.
public struct OfflineGateway: PaymentGateway {
    /// The code `cod` or `manual`.
    public let code: GatewayCode
    /// `cod`, or `bank_transfer` for money that staff have seen.
    public let methods: [String]
    /// The currencies that it was made for, in their own minor units.
    public let amounts: GatewayAmounts
    /// Nil: the browser has nothing to do.
    public let publicKey: String? = nil
    /// False: the money is real.
    public let isTest = false
    /// False: staff say when the money is there.
    public let capturesAutomatically = false
    /// A hundred years: ids are made of keys.
    public let keyLifetime = TimeSpan.days(36_500)

    /// Creates a gateway of this code for these currencies; nil where the code is that of a gateway over the network.
    public init?(_ code: GatewayCode, taking currencies: [Currency]) {
        switch code {
        case .cashOnDelivery: methods = ["cod"]
        case .manual: methods = ["bank_transfer"]
        case .stripe, .paypal, .razorpay, .sandbox: return nil
        }
        self.code = code
        let rules = currencies.map { ($0.code, GatewayAmounts.Rule(decimals: $0.decimals)) }
        amounts = GatewayAmounts(Dictionary(rules) { first, _ in first })
    }

    /// Returns an open payment for which the payer has no step to take now.
    ///
    /// - Throws: nothing.
    public func create(_ draft: GatewayDraft, key: String) async throws -> GatewayPayment {
        report(GatewayLookup(transactionID: draft.transactionID))
    }

    /// Returns an open payment: nothing is known here that the shop's rows do not know.
    ///
    /// - Throws: nothing.
    public func find(_ names: GatewayLookup, in currency: Currency) async throws -> GatewayPayment? { report(names) }

    /// Returns the payment with the amount that staff have got.
    ///
    /// - Throws: nothing.
    public func capture(_ payment: GatewayCapture, key: String) async throws -> GatewayPayment {
        var report = report(payment.names, .processing)
        report.names.transaction = id(payment.names)
        (report.authorized, report.captured) = (payment.amount, payment.amount)
        return report
    }

    /// Returns the payment as canceled.
    ///
    /// - Throws: nothing.
    public func void(_ names: GatewayLookup, in currency: Currency, key: String) async throws -> GatewayPayment {
        report(names, .canceled)
    }

    /// Returns the refund as completed: staff give the money back themselves. Its id is made of the key.
    ///
    /// - Throws: `GatewayError.refused` for more than was captured.
    public func refund(_ refund: GatewayRefundDraft, key: String) async throws -> GatewayRefund {
        guard refund.amount > .zero, refund.amount <= refund.captured else {
            throw GatewayError.refused(status: 400, code: "amount", "more than was captured")
        }
        let id = "\(code.rawValue)-refund-\(Digest.hex(key).prefix(scalars: 24))"
        return GatewayRefund(id, refund.id, amount: refund.amount, .completed)
    }

    /// Takes no webhook.
    ///
    /// - Throws: `GatewayError.badSignature`, always.
    public func verify(_ delivery: WebhookDelivery, at now: Timestamp) async throws -> WebhookHeader {
        throw GatewayError.badSignature("There are no webhooks of payments without a gateway.")
    }

    /// Returns nothing.
    ///
    /// - Throws: nothing.
    public func notices(in payload: JSONValue) throws -> [GatewayNotice] { [] }

    /// Returns an empty page.
    ///
    /// - Throws: nothing.
    public func list(from: Timestamp, until: Timestamp, after cursor: String?) async throws -> GatewayPage {
        GatewayPage([])
    }

    /// Returns an empty page.
    ///
    /// - Throws: nothing.
    public func changes(
        _ kind: GatewayChangeKind, from: Timestamp, until: Timestamp, after cursor: String?
    ) async throws -> GatewayChangePage { GatewayChangePage([]) }

    private func report(_ names: GatewayLookup, _ progress: GatewayPayment.Progress = .open) -> GatewayPayment {
        var names = names
        names.reference = id(names)
        return GatewayPayment(names, progress, method: methods.first ?? "")
    }

    /// Returns the id of a payment, which is our own id behind the code: `cod-<id>`.
    private func id(_ names: GatewayLookup) -> String { "\(code.rawValue)-\(names.transactionID)" }
}
