import Commerce
import Messages
import Primitives
import Web

/// A receiver of webhooks as staff see it.
struct WebhookBody: ResponseBody {
    let id: WebhookID
    let url: String
    let topics: [String]
    let description: String
    let isActive: Bool
    /// What events are signed under: in the response to making it or rotating it, and never again.
    let secret: String?
    /// The moment until which the secret before the last rotation signs too.
    let formerSecretUntil: Timestamp?
    /// The first failure since the last success; null after a success.
    let failingSince: Timestamp?
    /// The moment at which the shop switched it off by itself.
    let disabledAt: Timestamp?
    let disabledReason: String?
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ webhook: Webhook, secret: WebhookSecret? = nil) {
        id = webhook.id
        url = webhook.url
        topics = webhook.topics.map(\.text)
        description = webhook.description
        isActive = webhook.isActive
        self.secret = secret?.text
        formerSecretUntil = webhook.formerUntil
        failingSince = webhook.failingSince
        disabledAt = webhook.disabledAt
        disabledReason = webhook.disabledReason.isEmpty ? nil : webhook.disabledReason
        version = webhook.version
        createdAt = webhook.createdAt
        updatedAt = webhook.updatedAt
    }
}

/// A delivery as staff see it.
struct WebhookDeliveryBody: ResponseBody {
    let id: WebhookDeliveryID
    let webhookID: WebhookID
    /// The event's id, as the receiver gets it in `webhook-id`.
    let eventID: String
    let topic: EventTopic
    let status: WebhookDelivery.Status
    let attempts: Int
    /// The status of the last answer; null where none came.
    let responseStatus: Int?
    let responseTimeMs: Int?
    /// Why no answer came at the last attempt.
    let error: String?
    let nextAttemptAt: Timestamp?
    let attemptedAt: Timestamp?
    let createdAt: Timestamp

    init(_ shown: DeliveryQueries.Shown) {
        let delivery = shown.delivery
        id = delivery.id
        webhookID = delivery.webhook
        eventID = shown.eventID
        topic = delivery.topic
        status = delivery.status
        attempts = delivery.attempts
        responseStatus = delivery.responseStatus
        responseTimeMs = delivery.responseTime
        error = delivery.error.isEmpty ? nil : delivery.error
        nextAttemptAt = delivery.nextAttemptAt
        attemptedAt = delivery.attemptedAt
        createdAt = delivery.createdAt
    }
}

/// How many deliveries a replay sends again.
struct ReplayBody: ResponseBody {
    let count: Int
}
