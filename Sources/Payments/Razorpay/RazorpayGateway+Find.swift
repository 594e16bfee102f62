import Commerce
import Primitives

extension RazorpayGateway {
    /// Returns the order with what its payments have come to, and the refunds of the one that is captured.
    ///
    /// Where no name of Razorpay's is known, it is the order whose receipt is our id
    /// (https://razorpay.com/docs/api/orders/fetch-all/).
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func find(_ names: GatewayLookup, in currency: Currency) async throws -> GatewayPayment? {
        guard let order = try await order(names) else { return nil }
        let path = "orders/\(RazorpayAPI.escaped(try order.needed("id")))/payments"
        let payments = try await api.get(path, [], "find payments").items()
        var payment = try report(order, payments, names, in: currency)
        if payment.captured > .zero, let id = payment.names.transaction {
            payment.refunds = try await refunds(of: id, in: currency)
        }
        return payment
    }

    private func order(_ names: GatewayLookup) async throws -> RazorpayEntity? {
        if let reference = names.reference { return try await order(id: reference) }
        if let transaction = names.transaction {
            let payment = try await api.getIfThere("payments/\(RazorpayAPI.escaped(transaction))", "find payment")
            guard let reference = payment?.text("order_id") else { return nil }
            return try await order(id: reference)
        }
        return try await order(receipt: names.transactionID)
    }

    private func order(id: String) async throws -> RazorpayEntity? {
        try await api.getIfThere("orders/\(RazorpayAPI.escaped(id))", "find order")
    }

    /// Returns the order with this receipt. Where a lost answer left two, it is the one that was paid or attempted,
    /// else the first.
    private func order(receipt: String) async throws -> RazorpayEntity? {
        let found = try await api.get("orders", [("receipt", receipt), ("count", "100")], "find by receipt").items()
        let ranks = ["paid": 2, "attempted": 1]
        func isBetter(_ left: RazorpayEntity, _ right: RazorpayEntity) -> Bool {
            let (one, other) = (ranks[left.text("status") ?? ""] ?? 0, ranks[right.text("status") ?? ""] ?? 0)
            return one == other
                ? (left.number("created_at") ?? 0) < (right.number("created_at") ?? 0) : one > other
        }
        return found.filter { $0.text("receipt")?.isSame(as: receipt) ?? false }.min(by: isBetter)
    }

    private func refunds(of payment: String, in currency: Currency) async throws -> [GatewayRefund] {
        let path = "payments/\(RazorpayAPI.escaped(payment))/refunds"
        return try await api.get(path, [("count", "100")], "find refunds").items().map {
            entity throws(GatewayError) in try RazorpayReports.refund(entity, in: currency)
        }
    }

    /// Lists payments, 100 a page, each in its own currency; attempts of one order stand one by one. Payments in
    /// currencies that the table does not have are left out. https://razorpay.com/docs/api/payments/fetch-all-payments/
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func list(from: Timestamp, until: Timestamp, after cursor: String?) async throws -> GatewayPage {
        let (items, next) = try await page("payments", from, until, after: cursor)
        return GatewayPage(try items.compactMap(listed), next: next)
    }

    /// Returns a page of what was made in a span of time, a hundred at a time, and the cursor of the next one: the number of those
    /// before it.
    func page(
        _ path: String, _ from: Timestamp, _ until: Timestamp, after cursor: String?
    ) async throws -> (items: [RazorpayEntity], next: String?) {
        let skip = cursor.flatMap { Int64($0) } ?? 0
        let query = [
            ("from", String(from.seconds)), ("to", String(Self.end(until))), ("count", "100"), ("skip", String(skip)),
        ]
        let items = try await api.get(path, query, "list " + path).items()
        return (items, items.count == 100 ? String(skip + 100) : nil)
    }

    /// Returns the last second of a span of time, which counts to it here.
    static func end(_ until: Timestamp) -> Int64 { (until - Timestamp(microseconds: 0)).secondsRoundedUp }

    private func listed(_ entity: RazorpayEntity) throws(GatewayError) -> GatewayPayment? {
        guard let currency = Currency(code: try entity.needed("currency")), amounts.rule(currency) != nil else {
            return nil
        }
        return try RazorpayReports.payment(entity, RazorpayNotices.names(payment: entity), in: currency)
    }
}
