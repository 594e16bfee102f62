import Commerce
import Primitives

/// Reads the sandbox's objects as the shop gets them, in answers and in webhooks.
struct SandboxReading: Sendable {
    let amounts: GatewayAmounts

    /// Returns the payment that an object tells of; its amounts have to be in `currency`, or in any where that is nil.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what is needed.
    func payment(_ object: JSONValue, in currency: Currency? = nil) throws(GatewayError) -> GatewayPayment {
        let own = try self.currency(of: object, expected: currency)
        let names = try lookup(object)
        var payment = GatewayPayment(names, try progress(object))
        payment.authorized = try money("authorized", of: object, own)
        payment.captured = try money("captured", of: object, own)
        if case .number? = object["fee"] { payment.fee = try money("fee", of: object, own) }
        payment.failureReason = try text("failure_reason", of: object)
        payment.method = try text("method", of: object)
        if case .string(let page)? = object["next_action_url"] { payment.nextAction = .redirect(page) }
        for refund in list("refunds", of: object) { payment.refunds.append(try self.refund(refund, in: own)) }
        for dispute in list("disputes", of: object) { payment.disputes.append(try self.dispute(dispute, in: own)) }
        if case .string(let method)? = object["saved_method"] { payment.savedMethod = method }
        payment.response = object
        return payment
    }

    /// Returns the refund that an object tells of.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what is needed.
    func refund(_ object: JSONValue, in currency: Currency) throws(GatewayError) -> GatewayRefund {
        let states: [String: GatewayRefund.Status] = [
            "pending": .pending, "completed": .completed, "failed": .failed,
        ]
        guard let status = states[try text("status", of: object)] else { throw Self.nonsense("status") }
        return GatewayRefund(
            try text("id", of: object), RefundID(try whole("refund_id", of: object)),
            amount: try money("amount", of: object, currency), status,
            failureReason: try text("failure_reason", of: object))
    }

    /// Returns the dispute that an object tells of.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what is needed.
    func dispute(_ object: JSONValue, in currency: Currency) throws(GatewayError) -> GatewayDispute {
        guard let status = GatewayDispute.Status(rawValue: try text("status", of: object)) else {
            throw Self.nonsense("status")
        }
        return GatewayDispute(
            try text("id", of: object), status, amount: try money("amount", of: object, currency),
            reason: try text("reason", of: object), dueBy: Timestamp(seconds: try whole("due_by", of: object)))
    }

    /// Returns what an event tells: nothing where it is about no payment.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what is needed.
    func notices(_ event: JSONValue) throws(GatewayError) -> [GatewayNotice] {
        guard SandboxEventType(rawValue: try text("type", of: event)) != nil else { return [] }
        guard let data = event["data"], let object = data["payment"] else { throw Self.nonsense("data") }
        let payment = try payment(object)
        let currency = try currency(of: object, expected: nil)
        return [.payment(payment, currency: currency.code)] + (try claim(in: data).map { [$0] } ?? [])
    }

    /// Returns the refund or dispute that stands beside its payment; nil where none does.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what is needed.
    func claim(in data: JSONValue) throws(GatewayError) -> GatewayNotice? {
        guard let payment = data["payment"] else { throw Self.nonsense("payment") }
        let (names, currency) = (try lookup(payment), try self.currency(of: payment, expected: nil))
        if let refund = data["refund"] {
            return .refund(try self.refund(refund, in: currency), of: names, currency: currency.code)
        }
        guard let dispute = data["dispute"] else { return nil }
        return .dispute(try self.dispute(dispute, in: currency), of: names, currency: currency.code)
    }

    /// Returns the head of an event.
    ///
    /// - Throws: `GatewayError.unavailable` where the body is none.
    func header(_ body: [UInt8]) throws(GatewayError) -> WebhookHeader {
        let event: JSONValue
        do { event = try JSONValue(parsing: body) } catch { throw Self.nonsense("JSON") }
        return WebhookHeader(id: try text("id", of: event), type: try text("type", of: event), payload: event)
    }
}

extension SandboxReading {
    func text(_ name: String, of object: JSONValue) throws(GatewayError) -> String {
        guard case .string(let text)? = object[name] else { throw Self.nonsense(name) }
        return text
    }

    private func whole(_ name: String, of object: JSONValue) throws(GatewayError) -> Int64 {
        guard case .number(let text)? = object[name], let number = Int64(text) else { throw Self.nonsense(name) }
        return number
    }

    private func money(_ name: String, of object: JSONValue, _ currency: Currency) throws(GatewayError) -> Money {
        try amounts.money(try whole(name, of: object), currency)
    }

    private func list(_ name: String, of object: JSONValue) -> [JSONValue] {
        if case .array(let elements)? = object[name] { elements } else { [] }
    }

    private func currency(of object: JSONValue, expected: Currency?) throws(GatewayError) -> Currency {
        guard let currency = Currency(code: try text("currency", of: object)), expected.map({ $0 == currency }) ?? true
        else { throw Self.nonsense("currency") }
        return currency
    }

    private func lookup(_ object: JSONValue) throws(GatewayError) -> GatewayLookup {
        let reference = try text("id", of: object)
        let isPaid = try whole("authorized", of: object) > 0
        return GatewayLookup(
            transactionID: try text("transaction_id", of: object), reference: reference,
            transaction: isPaid ? reference : nil)
    }

    private func progress(_ object: JSONValue) throws(GatewayError) -> GatewayPayment.Progress {
        switch SandboxPayment.Status(rawValue: try text("status", of: object)) {
        case .requiresMethod, .requiresAction: return .open
        case .processing, .requiresCapture, .succeeded: return .processing
        case .failed: return .failed
        case .canceled: return .canceled
        case nil: throw Self.nonsense("status")
        }
    }

    private static func nonsense(_ name: String) -> GatewayError {
        .unavailable("the sandbox's answer lacks its \(name)", isUndone: false)
    }
}
