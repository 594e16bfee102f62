import Commerce
import Primitives

/// Turns Razorpay's entities into reports in the words that all gateways share.
///
/// https://razorpay.com/docs/api/payments/entity/, …/orders/entity/, …/refunds/entity/, …/disputes/entity/
enum RazorpayReports {
    /// Returns a report of one payment, which is one attempt to pay an order.
    ///
    /// A failed attempt leaves its order open: the payer may try again, and a bank may still authorize late. An
    /// authorization that was not captured is given back by itself, `refunded` without being `captured`; no money can
    /// come of it then.
    ///
    /// - Throws: `GatewayError.unavailable` where the entity lacks what is needed.
    static func payment(
        _ entity: RazorpayEntity, _ names: GatewayLookup, in currency: Currency
    ) throws(GatewayError) -> GatewayPayment {
        let amount = try money(entity, "amount", in: currency)
        var names = names
        names.transaction = try entity.needed("id")
        names.reference = entity.text("order_id") ?? names.reference
        let stage = RazorpayStage(entity)
        return GatewayPayment(
            names, stage.progress, authorized: stage >= .givenBack ? amount : .zero,
            captured: stage == .captured ? amount : .zero, fee: fee(entity, currency),
            failureReason: stage == .open ? entity.text("error_description") ?? "" : "",
            method: entity.text("method") ?? "", response: .object(["payment": entity.showing(shownOfPayment)]))
    }

    /// Returns a report of an order and its payments, of which the one counts that got furthest.
    ///
    /// - Throws: `GatewayError.unavailable` where an entity lacks what is needed.
    static func order(
        _ order: RazorpayEntity, _ payments: [RazorpayEntity], _ names: GatewayLookup, publicKey: String,
        in currency: Currency
    ) throws(GatewayError) -> GatewayPayment {
        var names = names
        let id = try order.needed("id")
        names.reference = id
        let chosen = RazorpayStage.chosen(of: payments, named: names.transaction)
        var report = GatewayPayment(names)
        if let chosen {
            report = try payment(chosen, names, in: currency)
            report.names.reference = id
        }
        if report.progress == .open, order.text("status") != "paid" {
            report.nextAction = .razorpayCheckout(order: id, publicKey: publicKey)
        }
        report.response = .object(
            ["order": order.showing(shownOfOrder), "payments": .array(payments.map { $0.showing(shownOfPayment) })])
        return report
    }

    /// Returns a report of a refund, which has failed where that is known from elsewhere or its status says so.
    ///
    /// - Throws: `GatewayError.unavailable` where the entity lacks what is needed.
    static func refund(
        _ entity: RazorpayEntity, in currency: Currency, hasFailed: Bool = false
    ) throws(GatewayError) -> GatewayRefund {
        let statuses: [String: GatewayRefund.Status] = ["processed": .completed, "failed": .failed]
        let status = hasFailed ? .failed : statuses[entity.text("status") ?? ""] ?? .pending
        return GatewayRefund(
            try entity.needed("id"), entity.note("refund_id").flatMap { Int64($0) }.map { RefundID($0) },
            amount: try money(entity, "amount", in: currency), status,
            failureReason: status == .failed ? "Razorpay could not refund this payment." : "")
    }

    /// Returns a report of a dispute. A `closed` one was a suspicion of fraud that was answered: the money stays with
    /// the shop unless some was deducted.
    ///
    /// - Throws: `GatewayError.unavailable` where the entity lacks what is needed.
    static func dispute(_ entity: RazorpayEntity, in currency: Currency) throws(GatewayError) -> GatewayDispute {
        let isDeducted = (entity.number("amount_deducted") ?? 0) > 0
        let status: GatewayDispute.Status =
            switch entity.text("status") {
            case "under_review": .underReview
            case "won": .won
            case "lost": .lost
            case "closed": isDeducted ? .lost : .won
            default: .open
            }
        return GatewayDispute(
            try entity.needed("id"), status, amount: try money(entity, "amount", in: currency),
            reason: entity.text("reason_description") ?? entity.text("reason_code") ?? "",
            dueBy: entity.number("respond_by").flatMap { $0 > 0 ? Timestamp(seconds: $0) : nil })
    }

    private static func money(
        _ entity: RazorpayEntity, _ name: String, in currency: Currency
    ) throws(GatewayError) -> Money {
        let code = try entity.needed("currency")
        guard code.isSame(as: currency.code) else {
            throw .unavailable("it speaks of \(code) where \(currency.code) was asked for", isUndone: false)
        }
        return try RazorpayAmounts.table.money(try entity.neededNumber(name), currency)
    }

    /// Returns the fee, taxes on it included. Of a payment in a foreign currency it is counted in `base_currency`,
    /// which is another (https://razorpay.com/docs/payments/international-payments/currency-conversion/), and left out.
    private static func fee(_ entity: RazorpayEntity, _ currency: Currency) -> Money? {
        let base = entity.text("base_currency") ?? (entity.isTrue("international") ? "" : currency.code)
        guard base.isSame(as: currency.code), let units = entity.number("fee") else { return nil }
        return try? RazorpayAmounts.table.money(units, currency)
    }

    private static let shownOfOrder = [
        "id", "amount", "amount_paid", "amount_due", "currency", "receipt", "status", "attempts", "created_at",
    ]
    private static let shownOfPayment = [
        "id", "order_id", "amount", "currency", "status", "captured", "method", "international", "amount_refunded",
        "refund_status", "fee", "tax", "base_amount", "base_currency", "error_code", "error_description",
        "error_source",
        "error_step", "error_reason", "created_at",
    ]
}
