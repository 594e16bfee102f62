import Commerce
import Messages
import Primitives
import Web

/// The fields of a receiver that a request sets.
struct WebhookInput: Input {
    let change: Change<Webhook>

    init(_ fields: Fields) {
        var change = Change<Webhook>()
        change.set(\.url, to: fields.sent("url") { $0.string($1, length: 1...2_000) })
        change.set(\.topics, to: fields.sent("topics", Self.topics))
        change.set(
            \.description, to: fields.sent("description") { $0.string($1, .optional(""), length: 0...500) })
        change.set(\.isActive, to: fields.ifSent("is_active") { $0.boolean($1, .optional(true)) })
        self.change = change
    }

    private static func topics(_ fields: Fields, _ name: String) -> [TopicPattern] {
        let sent = fields.strings(name, length: 1...40, limit: 30)
        if sent.isEmpty, !fields.hasFailed(name) { fields.fail(name, "Name at least one topic.") }
        var topics: [TopicPattern] = []
        for text in sent {
            guard let pattern = TopicPattern(text) else {
                fields.fail(name, "\"\(text)\" is no topic.")
                continue
            }
            if !topics.contains(pattern) { topics.append(pattern) }
        }
        return topics
    }
}

/// The query of the list of receivers.
struct WebhookListInput: Input {
    let filter: WebhookQueries.Filter
    let ordering: Ordering<WebhookQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = WebhookQueries.Filter(isActive: fields.optionalBoolean("is_active"), search: fields.search())
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// The query of a receiver's deliveries.
struct DeliveryListInput: Input {
    let filter: DeliveryQueries.Filter
    let ordering: Ordering<DeliveryQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = DeliveryQueries.Filter(
            status: fields.optionalChoice("status"), topic: fields.optionalChoice("topic"),
            from: fields.optionalTimestamp("from"), until: fields.optionalTimestamp("until", .end),
            search: fields.search())
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// Which deliveries to send again.
struct ReplayInput: Input {
    let filter: DeliveryQueries.Filter

    init(_ fields: Fields) {
        let from = fields.optionalTimestamp("from")
        let until = fields.optionalTimestamp("until", .end)
        filter = DeliveryQueries.Filter(
            webhook: fields.optionalID("webhook_id"), status: fields.optionalChoice("status"), from: from,
            until: until)
        for (name, moment) in [("from", from), ("until", until)] where moment == nil && !fields.hasFailed(name) {
            fields.fail(name, "This field is required.")
        }
        if let from, let until, until <= from { fields.fail("until", "This has to be later than from.") }
    }
}
