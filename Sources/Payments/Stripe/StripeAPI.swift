import Outbound
import Primitives

/// Sends requests to Stripe's API and reads its answers.
struct StripeAPI: Sendable {
    /// The version of the API whose fields are read here: that of stripe-python 16.1.0 (`_api_version.py`).
    static let version = "2026-10-28.endive"

    /// How often a request is sent at most while another one holds a lock on the same object.
    private static let attempts = 3

    let channel: GatewayChannel
    let settings: StripeSettings

    /// Returns an object or a list.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func get(_ path: String, _ form: StripeForm = StripeForm(), as kind: String, _ operation: String) async throws
        -> StripeObject
    {
        let request = OutboundRequest("GET", address(path) + form.query, headers: headers)
        return try await send(request, as: kind, operation).mapError(\.gatewayError).get()
    }

    /// Returns an object; nil where there is none.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func getIfAny(_ path: String, _ form: StripeForm = StripeForm(), as kind: String, _ operation: String) async throws
        -> StripeObject?
    {
        let request = OutboundRequest("GET", address(path) + form.query, headers: headers)
        switch try await send(request, as: kind, operation) {
        case .success(let object): return object
        case .failure(let refusal) where refusal.status == 404: return nil
        case .failure(let refusal): throw refusal.gatewayError
        }
    }

    /// Deletes an object, if there is one. No key is sent: Stripe looks at none here.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func deleteIfAny(_ path: String, as kind: String, _ operation: String) async throws {
        let request = OutboundRequest("DELETE", address(path), headers: headers)
        let outcome = try await send(request, as: kind, operation)
        if case .failure(let refusal) = outcome, refusal.status != 404 { throw refusal.gatewayError }
    }

    /// Makes or changes something and returns it.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func post(_ path: String, _ form: StripeForm, key: String, as kind: String, _ operation: String) async throws
        -> StripeObject
    {
        try await attempt(path, form, key: key, as: kind, operation).mapError(\.gatewayError).get()
    }

    /// Makes or changes something and returns it, or Stripe's refusal.
    ///
    /// - Throws: `GatewayError.unavailable`, `CancellationError`.
    func attempt(_ path: String, _ form: StripeForm, key: String, as kind: String, _ operation: String) async throws
        -> Result<StripeObject, StripeRefusal>
    {
        let own = [
            OutboundHeader("Idempotency-Key", key), OutboundHeader("Content-Type", "application/x-www-form-urlencoded"),
        ]
        let request = OutboundRequest("POST", address(path), headers: headers + own, body: form.body)
        return try await send(request, as: kind, operation)
    }

    private func address(_ path: String) -> String { settings.base + "/v1/" + path }

    private var headers: [OutboundHeader] {
        [
            OutboundHeader("Authorization", "Bearer " + settings.secretKey),
            OutboundHeader("Stripe-Version", Self.version),
        ]
    }

    /// Sends a request; every one may be repeated, since it reads or carries a key.
    private func send(_ request: OutboundRequest, as kind: String, _ operation: String) async throws
        -> Result<StripeObject, StripeRefusal>
    {
        for attempt in 1..<Self.attempts {
            let response = try await channel.send(request, .safe, operation)
            guard asksForAnother(response) else { return try read(response, as: kind) }
            try await Task.sleep(for: .milliseconds(200 << attempt))
        }
        return try read(try await channel.send(request, .safe, operation), as: kind)
    }

    /// Returns whether the same request is to be sent again: Stripe's header decides, else a lock (409) does
    /// (https://docs.stripe.com/error-low-level).
    private func asksForAnother(_ response: OutboundResponse) -> Bool {
        switch response.header("Stripe-Should-Retry") {
        case "true": true
        case "false": false
        default: response.status == 409
        }
    }

    private func read(_ response: OutboundResponse, as kind: String) throws(GatewayError)
        -> Result<StripeObject, StripeRefusal>
    {
        let answer = try object(response)
        guard response.status >= 400 else {
            let isNamed = ["list", "search_result"].contains(kind) || answer.text("id") != nil
            guard response.status == 200, answer.text("object") == kind, isNamed else {
                throw GatewayError.unavailable("its answer is no \(kind)", isUndone: false)
            }
            return .success(answer)
        }
        guard let error = answer.object("error") else {
            throw GatewayError.unavailable("it answers \(response.status) without an error", isUndone: false)
        }
        return .failure(StripeRefusal(status: response.status, error: error))
    }

    private func object(_ response: OutboundResponse) throws(GatewayError) -> StripeObject {
        let type = response.header("Content-Type")?.lowercased() ?? ""
        guard type.begins(with: "application/json"), let json = try? JSONValue(parsing: response.body),
            let object = StripeObject(json)
        else { throw GatewayError.unavailable("it answers \(response.status) without JSON", isUndone: false) }
        return object
    }
}
