import Commerce
import Messages
import Primitives
import SQL

/// A receiver of webhooks, as staff have set it up.
struct Webhook: Sendable, Hashable {
    var id = WebhookID(0)
    var url = ""
    var topics: [TopicPattern] = []
    var description = ""
    var isActive = true
    /// The secret that signs, sealed.
    var sealedSecret = ""
    /// The secret before the last rotation, sealed; empty where there was none.
    var formerSecret = ""
    /// The moment until which the former secret signs beside the new one.
    var formerUntil: Timestamp?
    /// The first failure since the last success; nil after a success.
    var failingSince: Timestamp?
    /// The moment at which the shop switched it off by itself; nil where staff did, and while it is on.
    var disabledAt: Timestamp?
    /// Why the shop switched it off.
    var disabledReason = ""
    var version = 1
    var createdAt = Timestamp(seconds: 0)
    var updatedAt = Timestamp(seconds: 0)

    /// Returns whether it is asked for a topic.
    func wants(_ topic: EventTopic) -> Bool { topics.contains { $0.matches(topic) } }
}

extension Webhook: Record {
    static let columns = Columns<Webhook>(
        .key("id", \.id),
        .column("url", \.url),
        .column("topics", \.topics, read: { TopicList.read($0) }, write: { TopicList.text($0) }),
        .column("description", \.description),
        .column("is_active", \.isActive),
        .column("sealed_secret", \.sealedSecret),
        .column("former_secret", \.formerSecret),
        .column("former_until", \.formerUntil),
        .column("failing_since", \.failingSince),
        .column("disabled_at", \.disabledAt),
        .column("disabled_reason", \.disabledReason),
        .key("version", \.version),
        .key("created_at", \.createdAt),
        .key("updated_at", \.updatedAt))
}
