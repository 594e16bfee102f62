import Jobs
import Outbound
import Primitives
import SQL

/// Sends one webhook of the sandbox's to the shop.
struct SendSandboxWebhook: ExternalJobPayload {
    static let kind = "payments.send_sandbox_webhook"
    static let timeLimit = TimeSpan.minutes(1)

    /// The reference of the event.
    let event: String
}

/// Ends a bank's wait for a payment that is not decided at once.
struct SettleSandboxPayment: JobPayload {
    static let kind = "payments.settle_sandbox_payment"

    /// The reference of the payment.
    let payment: String
    let succeeds: Bool
}

/// Sends the sandbox's webhooks: signed anew at each attempt, again until the shop answers with a status from 200 to 299.
struct SandboxPostman: Sendable {
    let database: any Database
    let client: HTTPClient
    let signature: SandboxSignature
    let baseURL: @Sendable () -> String
    let time: TimeSource

    /// Sends the webhook of an event; one whose row is gone is not sent any more.
    ///
    /// - Throws: `OutboundError`, `SandboxWebhookRefused`, `SQLError`.
    func send(_ event: String) async throws {
        guard let payload = try await database.read({ try SandboxEventQueries.payload(event, $0) }) else { return }
        let body = Array(payload.utf8)
        let request = OutboundRequest(
            "POST", baseURL() + "/api/payments/sandbox/webhook/",
            headers: [
                OutboundHeader("Content-Type", "application/json"),
                OutboundHeader(SandboxSignature.header, signature.value(for: body, at: time.now)),
            ], body: body)
        let response = try await client.send(request)
        guard (200..<300).contains(response.status) else { throw SandboxWebhookRefused(status: response.status) }
    }
}

/// An error: the shop did not take a webhook of the sandbox's.
struct SandboxWebhookRefused: Error, Equatable, CustomStringConvertible {
    /// The status of its answer.
    let status: Int

    /// A sentence for the log.
    var description: String { "the shop answers a webhook of the sandbox with \(status)" }
}
