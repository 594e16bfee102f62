import Primitives
import TestSupport
import Testing

/// A customer who orders and pays through the sandbox, with the staff who refund parts of it.
struct SandboxPayer: Sendable {
    let shopper: Shopper
    let admin: HTTPProbe
    let answered: PaymentAnswers

    /// Returns the same customer and staff at a shop that was started again.
    func at(_ shop: ShopProcess) -> SandboxPayer {
        SandboxPayer(shopper: shopper.at(shop), admin: admin.at(shop), answered: answered)
    }

    /// Orders, or takes up the order that a killed shop left unpaid, and pays it one way or the other.
    ///
    /// - Throws: where the connection breaks.
    func story() async throws {
        let order = try await order()
        guard let (payment, page, isNew) = try await begin(order) else { return }
        // A kill has left this payment at its second step.
        guard !page.hasSuffix("/challenge/") else {
            _ = try await choose("answer=confirm", page)
            return answered.finish(order.id)
        }
        switch Int.random(in: 0..<10) {
        case 0: try await payAndCancel(order, page)
        case 1: try await payAfterDecline(order, payment, page)
        case 2: try await payWithChallenge(page)
        case 3: _ = try await choose("outcome=pay_later", page)
        default: try await pay(payment, page, isNew)
        }
        answered.finish(order.id)
    }

    /// What an answer said of an order.
    struct Order: Sendable, Hashable {
        let id: Int
        let number: String
    }

    private func order() async throws -> Order {
        if let left = answered.unfinished(of: shopper.email) { return left }
        let answer = try await shopper.place(paying: "sandbox")
        let order = Order(
            id: try #require(answer["id"]?.number), number: try #require(answer["order_number"]?.text))
        answered.add(order, of: shopper.email)
        return order
    }

    /// Begins to pay; nil where the order is paid already, or where a killed request holds it still.
    private func begin(_ order: Order) async throws -> (id: Int, page: String, isNew: Bool)? {
        let answer = try await shopper.initiate(order.id)
        guard answer.status == 201 || answer.status == 200 else {
            answered.expect(answer, [409], "initiate")
            answered.finish(order.id)
            return nil
        }
        let id = try #require(answer["id"]?.number)
        answered.addPayment(id)
        guard let page = answer.paymentPage else {
            answered.finish(order.id)
            return nil
        }
        return (id, page, answer.status == 201)
    }

    private func choose(_ form: String, _ page: String) async throws -> ProbeResponse {
        let answer = try await shopper.choose(form, on: page)
        answered.expect(answer, [303], form)
        return answer
    }

    private func pay(_ payment: Int, _ page: String, _ isNew: Bool) async throws {
        _ = try await choose("outcome=pay", page)
        // A page that was there before may have been declined by a request that the kill left without an answer.
        if isNew { answered.addPaid(payment) }
        let status = try await shopper.probe.send("GET", "/api/payments/\(payment)/status/")
        answered.expect(status, [200], "status")
        guard status["status"]?.text == "completed", Bool.random() else { return }
        async let one: Void = refund(payment, "1.01")
        async let other: Void = refund(payment, "0.02")
        _ = try await (one, other)
    }

    private func refund(_ payment: Int, _ amount: String) async throws {
        let answer = try await admin.send(
            "POST", "/api/payments/\(payment)/refund/", json: ["amount": .string(amount), "reason": "A part of it"])
        answered.expect(answer, [201], "refund")
        if let id = answer["id"]?.number { answered.addRefund(id, amount) }
    }

    private func payWithChallenge(_ page: String) async throws {
        _ = try await choose("outcome=challenge", page)
        _ = try await choose("answer=confirm", page + "challenge/")
    }

    private func payAfterDecline(_ order: Order, _ payment: Int, _ page: String) async throws {
        _ = try await choose("outcome=card_declined", page)
        let status = try await shopper.probe.send("GET", "/api/payments/\(payment)/status/")
        answered.expect(status, [200], "status")
        guard let (second, page, isNew) = try await begin(order) else { return }
        try await pay(second, page, isNew)
    }

    private func payAndCancel(_ order: Order, _ page: String) async throws {
        async let cancelled = shopper.probe.send("PUT", "/api/orders/\(order.number)/cancel/")
        _ = try await choose("outcome=pay", page)
        answered.expect(try await cancelled, [200, 409], "cancel")
    }
}
