import Primitives
import TestSupport
import Testing

/// Brings payments at the sandbox into a state, over the wire: as their payer's browser, the payer and staff would.
struct PaymentDesk: Sendable {
    let payer: HTTPProbe
    let admin: HTTPProbe

    @discardableResult
    func sent(
        _ method: String, _ path: String, _ json: JSONValue = [:], by probe: HTTPProbe, headers: [String: String] = [:]
    ) async throws -> ProbeResponse {
        let answer =
            method == "GET"
            ? try await probe.send(method, path, headers: headers)
            : try await probe.send(method, path, headers: headers, json: json)
        try #require((200...299).contains(answer.status), "\(method) \(path): \(answer.text)")
        return answer
    }

    /// Begins to pay an order.
    func begun(order: String, headers: [String: String] = [:]) async throws -> ProbeResponse {
        try await sent(
            "POST", "/api/payments/initiate/", ["order_id": .number(order), "gateway": "sandbox"], by: payer,
            headers: headers)
    }

    /// Makes something happen to a payment at the sandbox, and has the shop ask about it.
    func happen(_ action: String, to payment: ProbeResponse, headers: [String: String] = [:]) async throws
        -> ProbeResponse
    {
        let name = payment["transaction_id"]?.text ?? ""
        try await sent("POST", "/sandbox/payments/\(name)/", ["action": .string(action)], by: admin)
        let id = CommerceFixture.text(payment["id"])
        var seen: ProbeResponse?
        // Whoever has just asked has to wait for the next turn; the sandbox's webhook may come before.
        try await poll("the payment to be seen", atMost: .seconds(30)) {
            let answer = try await sent("GET", "/api/payments/\(id)/status/", by: payer, headers: headers)
            seen = answer
            return answer["status"]?.text != "pending"
        }
        return try #require(seen)
    }

    /// Pays an order; gives the id of its payment, of which nothing is captured where captures are staff's.
    func paid(order: String, headers: [String: String] = [:]) async throws -> String {
        CommerceFixture.text(
            try await happen("pay", to: try await begun(order: order, headers: headers), headers: headers)["id"])
    }

    /// Pays an order, and captures the payment where captures are staff's; gives its id.
    func completed(order: String, headers: [String: String] = [:]) async throws -> String {
        let id = try await paid(order: order, headers: headers)
        let payment = try await sent("GET", "/api/admin/payments/\(id)/", by: admin)
        if payment["status"]?.text == "authorized" {
            let captured = try await sent("POST", "/api/admin/payments/\(id)/capture/", by: admin)
            try #require(captured["status"]?.text == "completed", "\(captured.text)")
        }
        return id
    }

    /// Gives the secret with which the payer's browser hands a card over.
    func setup() async throws -> String {
        try await sent("POST", "/api/payment-methods/setup/", ["gateway": "sandbox"], by: payer)["client_secret"]?.text
            ?? ""
    }

    /// Gives the gateway's name of a card that the payer's browser has handed over.
    func handedCard() async throws -> String {
        try await sent("POST", "/sandbox/setups/\(setup())/", by: payer)["method"]?.text ?? ""
    }

    /// Gives the id of a saved card.
    func savedCard() async throws -> String {
        let handed = try await handedCard()
        return CommerceFixture.text(
            try await sent(
                "POST", "/api/payment-methods/",
                ["gateway": "sandbox", "gateway_payment_method_id": .string(handed)], by: payer)["id"])
    }
}
