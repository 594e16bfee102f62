import Commerce
import Messages
import Primitives
import SQL

/// One event on its way to one receiver.
struct WebhookDelivery: Sendable, Hashable {
    /// How far it has come.
    enum Status: String, WireEnum {
        /// It waits for its first attempt, or for that of a replay.
        case pending
        /// The receiver has answered with a 2xx.
        case delivered
        /// The last attempt failed, and another will be made.
        case failed
        /// Nothing more will be tried unless staff have it replayed.
        case dead
    }

    var id = WebhookDeliveryID(0)
    var webhook = WebhookID(0)
    /// The primary key of the event.
    var event: Int64 = 0
    var topic = EventTopic.webhookTest
    var status = Status.pending
    /// All attempts, those before a replay included.
    var attempts = 0
    /// The attempts since the last replay.
    var tries = 0
    /// The status of the last answer; nil where there was none.
    var responseStatus: Int?
    /// The time that the last attempt took, in milliseconds.
    var responseTime: Int?
    /// Why the last attempt failed; empty where it did not.
    var error = ""
    /// The moment of the next attempt; nil where none will be made.
    var nextAttemptAt: Timestamp?
    /// The moment after which no attempt will be made.
    var giveUpAt = Timestamp(seconds: 0)
    /// The moment of the last attempt.
    var attemptedAt: Timestamp?
    /// The moment at which its event was published.
    var createdAt = Timestamp(seconds: 0)
}

extension WebhookDelivery: Record {
    static let columns = Columns<WebhookDelivery>(
        .key("id", \.id),
        .column("webhook_id", \.webhook),
        .column("event_id", \.event),
        .column("topic", \.topic),
        .column("status", \.status),
        .column("attempts", \.attempts),
        .column("tries", \.tries),
        .column("response_status", \.responseStatus),
        .column("response_time_ms", \.responseTime),
        .column("error", \.error),
        .column("next_attempt_at", \.nextAttemptAt),
        .column("give_up_at", \.giveUpAt),
        .column("attempted_at", \.attemptedAt),
        .column("created_at", \.createdAt))
}
