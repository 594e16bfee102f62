import Commerce
import Primitives

/// Reads Stripe's objects into the words that all gateways share. Amounts are read by ``StripeAmounts``.
struct StripeReader: Sendable {
    /// What an answer is to hold in full so that it tells of the fee and the refunds.
    static let expansions = ["latest_charge.balance_transaction", "latest_charge.refunds"]

    let publicKey: String

    /// Reads a PaymentIntent (https://docs.stripe.com/api/payment_intents/object), which goes by our id or that in
    /// its metadata.
    ///
    /// - Throws: `GatewayError.unavailable` where it is in another currency, or something that is needed is missing.
    func payment(_ intent: StripeObject, _ currency: Currency, named transactionID: String? = nil)
        throws(GatewayError) -> GatewayPayment
    {
        guard let id = intent.text("id"), let status = intent.text("status"),
            intent.text("currency")?.uppercased() == currency.code
        else { throw Self.incomplete }
        let charge = intent.object("latest_charge")
        let (authorized, captured) = try moved(intent, charge, status, currency)
        let (progress, failure) = progress(intent, status)
        return GatewayPayment(
            GatewayLookup(
                transactionID: transactionID ?? intent.metadata(.transactionID) ?? "", reference: id,
                transaction: intent.reference("latest_charge")),
            progress, authorized: authorized, captured: captured, fee: fee(charge, currency), failureReason: failure,
            method: method(intent, charge), nextAction: nextAction(intent, status, progress),
            refunds: try refunds(charge, currency), savedMethod: savedMethod(intent, status),
            response: intent.cleaned)
    }

    /// Returns what was authorized and captured. A capture of a part leaves `amount` as it was and gives the rest back.
    private func moved(
        _ intent: StripeObject, _ charge: StripeObject?, _ status: String, _ currency: Currency
    ) throws(GatewayError) -> (authorized: Money, captured: Money) {
        guard let amount = intent.number("amount") else { throw Self.incomplete }
        let isPaid = status == "succeeded"
        let captured =
            intent.number("amount_received") ?? (isPaid ? charge?.number("amount_captured") ?? amount : 0)
        let isHeld = charge?.text("status") == "succeeded"
        let isAuthorized = isPaid || status == "requires_capture" || captured > 0 || isHeld
        return (
            try StripeAmounts.table.money(isAuthorized ? amount : 0, currency),
            try StripeAmounts.table.money(captured, currency)
        )
    }

    /// Returns the progress by the status (https://docs.stripe.com/payments/paymentintents/lifecycle), with the
    /// reason of a failure.
    private func progress(_ intent: StripeObject, _ status: String) -> (GatewayPayment.Progress, reason: String) {
        switch status {
        case "canceled": return (.canceled, "")
        case "processing": return (.processing, "")
        case "requires_capture", "succeeded": return (.approved, "")
        case "requires_payment_method":
            guard let error = intent.object("last_payment_error"), error.text("code") != StripeRefusal.awaitsPayer
            else {
                return (.open, "")
            }
            return (.failed, error.text("message") ?? "The payment failed.")
        default: return (.open, "")
        }
    }

    /// Returns the method that Stripe keeps for the customer once the payment with it has gone through
    /// (https://docs.stripe.com/payments/save-during-payment).
    private func savedMethod(_ intent: StripeObject, _ status: String) -> String? {
        guard intent.text("setup_future_usage") != nil, status == "succeeded" || status == "requires_capture" else {
            return nil
        }
        return intent.reference("payment_method")
    }

    private func nextAction(
        _ intent: StripeObject, _ status: String, _ progress: GatewayPayment.Progress
    ) -> NextAction? {
        let waits = ["requires_payment_method", "requires_confirmation", "requires_action"].contains(status)
        guard waits, progress == .open, let secret = intent.text("client_secret") else { return nil }
        return .clientSecret(secret, publicKey: publicKey)
    }

    /// Returns the fee; nil before it is known, and where the account is settled in another currency.
    private func fee(_ charge: StripeObject?, _ currency: Currency) -> Money? {
        guard let balance = charge?.object("balance_transaction"), let fee = balance.number("fee"),
            balance.text("currency")?.uppercased() == currency.code
        else { return nil }
        return try? StripeAmounts.table.money(fee, currency)
    }

    private func method(_ intent: StripeObject, _ charge: StripeObject?) -> String {
        if let used = charge?.object("payment_method_details")?.text("type") { return used }
        if let chosen = intent.object("payment_method")?.text("type") { return chosen }
        let possible = intent.texts("payment_method_types")
        return possible.count == 1 ? possible[0] : ""
    }

    private func refunds(_ charge: StripeObject?, _ currency: Currency) throws(GatewayError) -> [GatewayRefund] {
        guard let charge else { return [] }
        return try refunds(charge.object("refunds")?.objects("data") ?? [], of: charge, currency)
    }

    /// Reads the refunds of captured money from those of a charge, the newest first.
    ///
    /// What a capture of a part or a cancellation gives back stands among them, although it never was the shop's
    /// (https://docs.stripe.com/api/payment_intents/cancel). Seen in
    /// https://github.com/woocommerce/woocommerce-gateway-stripe/issues/1073 and
    /// https://github.com/solidusio/solidus_stripe/pull/268.
    ///
    /// - Throws: `GatewayError.unavailable` where something that is needed is missing.
    func refunds(_ objects: [StripeObject], of charge: StripeObject, _ currency: Currency) throws(GatewayError)
        -> [GatewayRefund]
    {
        guard charge.flag("captured") != false else { return [] }
        var objects = objects
        if let place = objects.lastIndex(where: { isRelease($0, of: charge) }) { objects.remove(at: place) }
        var refunds: [GatewayRefund] = []
        for object in objects { refunds.append(try refund(object, currency)) }
        return refunds
    }

    /// Returns whether a refund surely is one of captured money, by what is ours in it or by its charge.
    func isOfCaptured(_ refund: StripeObject) -> Bool {
        if refund.metadata(.refundID) != nil { return true }
        guard let charge = refund.object("charge"), charge.flag("captured") == true else { return false }
        return !isRelease(refund, of: charge)
    }

    /// Returns whether a refund is what the capture left: of just that amount, made with the capture, and not by us.
    private func isRelease(_ refund: StripeObject, of charge: StripeObject) -> Bool {
        guard let amount = charge.number("amount"), let captured = charge.number("amount_captured"), captured < amount,
            refund.number("amount") == amount - captured, refund.metadata(.refundID) == nil
        else { return false }
        guard let capture = charge.object("balance_transaction")?.number("created"), let made = refund.number("created")
        else { return true }
        return (capture - 60...capture + 60).contains(made)
    }

    /// Reads a refund (https://docs.stripe.com/api/refunds/object).
    ///
    /// - Throws: `GatewayError.unavailable` where something that is needed is missing.
    func refund(_ refund: StripeObject, _ currency: Currency) throws(GatewayError) -> GatewayRefund {
        guard let id = refund.text("id"), let amount = refund.number("amount") else { throw Self.incomplete }
        let ours = refund.metadata(.refundID).flatMap { Int64($0) }
        return GatewayRefund(
            id, ours.map { RefundID($0) }, amount: try StripeAmounts.table.money(amount, currency),
            status(ofRefund: refund.text("status") ?? ""), failureReason: refund.text("failure_reason") ?? "")
    }

    /// A refund that waits for the payer's bank details or was only asked for is pending; a canceled one gave no
    /// money back.
    private func status(ofRefund status: String) -> GatewayRefund.Status {
        switch status {
        case "succeeded": .completed
        case "failed", "canceled": .failed
        default: .pending
        }
    }

    /// Reads a dispute (https://docs.stripe.com/api/disputes/object).
    ///
    /// - Throws: `GatewayError.unavailable` where something that is needed is missing.
    func dispute(_ dispute: StripeObject, _ currency: Currency) throws(GatewayError) -> GatewayDispute {
        guard let id = dispute.text("id"), let amount = dispute.number("amount"), let status = dispute.text("status")
        else { throw Self.incomplete }
        let dueBy = dispute.object("evidence_details")?.number("due_by").map { Timestamp(seconds: $0) }
        return GatewayDispute(
            id, self.status(ofDispute: status), amount: try StripeAmounts.table.money(amount, currency),
            reason: dispute.text("reason") ?? "", dueBy: dueBy)
    }

    /// An inquiry (`warning_…`) that is closed, and a dispute that was prevented, took no money.
    private func status(ofDispute status: String) -> GatewayDispute.Status {
        switch status {
        case "lost": .lost
        case "won", "warning_closed", "prevented": .won
        case "under_review", "warning_under_review", "appeal_under_review": .underReview
        default: .open
        }
    }

    static let incomplete = GatewayError.unavailable("its answer lacks what is needed", isUndone: false)
}
