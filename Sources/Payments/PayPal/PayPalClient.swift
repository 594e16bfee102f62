import Outbound
import Primitives

/// Calls the API with a token, which is renewed once where it is refused.
struct PayPalClient: Sendable {
    private struct Call {
        let method: String
        let path: String
        var headers: [OutboundHeader] = []
        var body: [UInt8] = []
        let operation: String
    }

    private let settings: PayPalSettings
    let channel: GatewayChannel
    private let tokens: PayPalTokens

    init(_ settings: PayPalSettings, _ channel: GatewayChannel) {
        self.settings = settings
        self.channel = channel
        self.tokens = PayPalTokens(settings, channel)
    }

    /// Returns what there is at a path; nil where there is nothing (404).
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func get(_ path: String, _ operation: String) async throws -> PayPalFields? {
        let response = try await send(Call(method: "GET", path: path, operation: operation))
        do {
            return try PayPalAnswer.read(response)
        } catch GatewayError.refused(404, _, _) {
            return nil
        }
    }

    /// Posts JSON, or nothing, under a key by which PayPal recognizes a repetition, and returns the whole of what was made.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func post(_ path: String, _ body: JSONValue? = nil, key: String, _ operation: String) async throws -> PayPalFields {
        let bytes = try body.map { try JSONBytes.encode($0) } ?? []
        return try await post(path, bytes: bytes, key: key, operation)
    }

    /// Posts bytes of JSON, or none, under a key.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func post(_ path: String, bytes: [UInt8], key: String, _ operation: String) async throws -> PayPalFields {
        let headers = [
            OutboundHeader("Content-Type", "application/json"), OutboundHeader("PayPal-Request-Id", key),
            OutboundHeader("Prefer", "return=representation"),
        ]
        let call = Call(method: "POST", path: path, headers: headers, body: bytes, operation: operation)
        return try PayPalAnswer.read(try await send(call))
    }

    private func send(_ call: Call) async throws -> OutboundResponse {
        let token = try await tokens.token()
        let response = try await send(call, token)
        guard response.status == 401 else { return response }
        return try await send(call, try await tokens.token(insteadOf: token))
    }

    private func send(_ call: Call, _ token: String) async throws -> OutboundResponse {
        let headers = [
            OutboundHeader("Authorization", "Bearer " + token), OutboundHeader("Accept", "application/json"),
        ]
        let request = OutboundRequest(
            call.method, settings.base + call.path, headers: headers + call.headers, body: call.body)
        return try await channel.send(request, .safe, call.operation)
    }
}
