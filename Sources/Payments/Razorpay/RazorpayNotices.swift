import Commerce
import Primitives

/// Reads what a webhook of Razorpay's tells.
///
/// https://razorpay.com/docs/webhooks/payments/, …/orders/, …/refunds/, …/disputes/
enum RazorpayNotices {
    /// Returns what an event tells; nothing where it is of another kind or in a currency that the shop cannot have.
    ///
    /// - Throws: `GatewayError.unavailable` where an entity lacks what is needed.
    static func read(_ event: JSONValue) throws(GatewayError) -> [GatewayNotice] {
        guard let event = RazorpayEntity(event), let type = event.text("event") else { return [] }
        switch type {
        case "payment.authorized", "payment.captured", "payment.failed", "order.paid": return try payment(event)
        case "refund.created", "refund.processed", "refund.failed", "refund.speed_changed":
            return try refund(event, type)
        case _ where type.begins(with: "payment.dispute."): return try dispute(event)
        default: return []
        }
    }

    /// Returns the names of a payment. Our own id is the order's receipt, and empty without the order, whose id names it
    /// then. The notes of a refund tell it too, never those of the payment: the checkout takes them from the browser,
    /// so a payer could name the payment of another.
    static func names(
        payment: RazorpayEntity?, order: RazorpayEntity? = nil, refund: RazorpayEntity? = nil
    ) -> GatewayLookup {
        GatewayLookup(
            transactionID: order?.text("receipt") ?? refund?.note("transaction_id") ?? "",
            reference: payment?.text("order_id") ?? order?.text("id"),
            transaction: payment?.text("id"))
    }

    private static func payment(_ event: RazorpayEntity) throws(GatewayError) -> [GatewayNotice] {
        let order = entity("order", of: event)
        guard let payment = entity("payment", of: event) else {
            return order.map { [.ask(names(payment: nil, order: $0))] } ?? []
        }
        guard let currency = try currency(payment) else { return [] }
        let report = try RazorpayReports.payment(payment, names(payment: payment, order: order), in: currency)
        return [.payment(report, currency: currency.code)]
    }

    /// Reads a refund. One of a payment that was never captured is Razorpay giving an authorization back: it is no
    /// refund of money that the shop had, and tells that the payment has ended.
    private static func refund(_ event: RazorpayEntity, _ type: String) throws(GatewayError) -> [GatewayNotice] {
        guard let refund = entity("refund", of: event), let currency = try currency(refund) else { return [] }
        let payment = entity("payment", of: event)
        var lookup = names(payment: payment, refund: refund)
        if let payment, payment.json["captured"] == .bool(false) {
            return [.payment(try givenBack(payment, lookup, currency), currency: currency.code)]
        }
        if lookup.transaction == nil { lookup.transaction = try refund.needed("payment_id") }
        let report = try RazorpayReports.refund(refund, in: currency, hasFailed: type == "refund.failed")
        return [.refund(report, of: lookup, currency: currency.code)]
    }

    private static func givenBack(
        _ payment: RazorpayEntity, _ names: GatewayLookup, _ currency: Currency
    ) throws(GatewayError) -> GatewayPayment {
        var report = try RazorpayReports.payment(payment, names, in: currency)
        report.progress = .canceled
        return report
    }

    private static func dispute(_ event: RazorpayEntity) throws(GatewayError) -> [GatewayNotice] {
        guard let dispute = entity("dispute", of: event) else { return [] }
        return try notice(dispute: dispute, of: entity("payment", of: event)).map { [$0] } ?? []
    }

    /// Returns what a dispute tells, with its payment where that is told too; nil in a currency that the shop cannot have.
    ///
    /// - Throws: `GatewayError.unavailable` where the entity lacks what is needed.
    static func notice(
        dispute: RazorpayEntity, of payment: RazorpayEntity? = nil
    ) throws(GatewayError) -> GatewayNotice? {
        guard let currency = try currency(dispute) else { return nil }
        var lookup = names(payment: payment)
        if lookup.transaction == nil { lookup.transaction = try dispute.needed("payment_id") }
        return .dispute(try RazorpayReports.dispute(dispute, in: currency), of: lookup, currency: currency.code)
    }

    /// Returns what a refund in a list tells, which names its payment by the id alone; nil in a currency that the shop cannot have. One
    /// that is not ours may be Razorpay giving an authorization back, which only the payment tells: it is to be asked about.
    ///
    /// - Throws: `GatewayError.unavailable` where the entity lacks what is needed.
    static func listed(refund: RazorpayEntity) throws(GatewayError) -> GatewayNotice? {
        guard let currency = try currency(refund) else { return nil }
        var lookup = names(payment: nil, refund: refund)
        lookup.transaction = try refund.needed("payment_id")
        guard refund.note("refund_id") != nil else { return .ask(lookup) }
        return .refund(try RazorpayReports.refund(refund, in: currency), of: lookup, currency: currency.code)
    }

    private static func entity(_ name: String, of event: RazorpayEntity) -> RazorpayEntity? {
        RazorpayEntity(event.json["payload"]?[name]?["entity"])
    }

    private static func currency(_ entity: RazorpayEntity) throws(GatewayError) -> Currency? {
        let currency = Currency(code: try entity.needed("currency"))
        return currency.flatMap { RazorpayAmounts.table.rule($0) == nil ? nil : $0 }
    }
}
