import Commerce
import Primitives
import Web

/// A webhook event, as staff see it.
public struct WebhookEventBody: ResponseBody {
    let id: WebhookEventID
    let gateway: GatewayCode
    let eventID: String
    let eventType: String
    let paymentID: PaymentID?
    let status: WebhookEvent.Status
    let attempts: Int
    let receivedAt: Timestamp
    let error: String?

    /// Shows an event without its payload.
    public init(_ event: WebhookEvent) {
        id = event.id
        gateway = event.gateway
        eventID = event.eventID
        eventType = event.type
        paymentID = event.payment
        status = event.status
        attempts = event.attempts
        receivedAt = event.receivedAt
        error = event.error.isEmpty ? nil : event.error
    }
}
