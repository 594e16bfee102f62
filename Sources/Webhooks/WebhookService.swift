import Commerce
import Jobs
import Messages
import Modules
import Primitives
import SQL
import Web

/// Receivers of webhooks, what is published to them, and what is sent again.
struct WebhookService: Sendable {
    /// The time for which the secret before a rotation signs beside the new one.
    static let overlap = TimeSpan.hours(24)
    /// The most receivers, or deliveries, of one step of a job.
    static let chunk = 100

    let jobs: JobQueue
    let listeners: WebhookListeners
    let settings: WebhooksSettings
    let box: SecretBox
    let time: TimeSource
    let random: RandomSource

    /// The publisher that the shop's rooms are given.
    var publisher: EventPublisher {
        EventPublisher(audience: { try listeners.want($0, $1) }) { topic, subject, data, tx in
            let event = try insert(topic, subject, data: data, tx)
            _ = try jobs.enqueue(FanOutEvent(event: event, after: WebhookID(0)), in: tx)
        }
    }

    // MARK: Receivers

    /// Makes a receiver, and returns its secret, which is shown this once.
    ///
    /// - Throws: `ValidationError` on `url`, `SQLError`.
    func create(_ draft: Webhook, in tx: Transaction) throws -> (webhook: Webhook, secret: WebhookSecret) {
        try check(draft)
        let secret = WebhookSecret(random: random)
        var webhook = draft
        webhook.sealedSecret = try secret.sealed(in: box)
        let id = try WebhookQueries.insert(webhook, at: time.now, tx)
        listeners.change(in: tx)
        return (try require(id, tx), secret)
    }

    /// Writes a changed receiver. One that is switched on again, or has another address, starts without its failures, and
    /// what has waited for it is sent.
    ///
    /// - Throws: `ValidationError` on `url`, `SQLError`, of kind `.conflict` where somebody else was quicker.
    func update(_ webhook: Webhook, from before: Webhook, in tx: Transaction) throws -> Webhook {
        try check(webhook)
        var changed = webhook
        if webhook.isActive != before.isActive || webhook.url != before.url { changed.failingSince = nil }
        if webhook.isActive != before.isActive {
            changed.disabledAt = nil
            changed.disabledReason = ""
        }
        try write(changed, tx)
        if changed.isActive { try send(to: [webhook.id], tx) }
        return try require(webhook.id, tx)
    }

    /// Gives a receiver a new secret; the former one signs too for ``overlap``.
    ///
    /// - Throws: `SQLError`, of kind `.conflict` where somebody else was quicker.
    func rotate(_ webhook: Webhook, in tx: Transaction) throws -> (webhook: Webhook, secret: WebhookSecret) {
        let secret = WebhookSecret(random: random)
        var changed = webhook
        changed.formerSecret = webhook.sealedSecret
        changed.formerUntil = time.now + Self.overlap
        changed.sealedSecret = try secret.sealed(in: box)
        try write(changed, tx)
        return (try require(webhook.id, tx), secret)
    }

    /// Deletes a receiver; nothing more is sent to it.
    ///
    /// - Throws: `SQLError`.
    func delete(_ webhook: Webhook, in tx: Transaction) throws {
        try WebhookQueries.delete(webhook.id, at: time.now, tx)
        listeners.change(in: tx)
    }

    /// Returns the receiver.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func require(_ id: WebhookID, _ connection: Connection) throws -> Webhook {
        guard let webhook = try WebhookQueries.find(id, connection) else { throw NotFound() }
        return webhook
    }

    private func check(_ webhook: Webhook) throws {
        if let problem = WebhookAddress(allowed: settings.allowed).problem(with: webhook.url) {
            throw ValidationError("url", problem)
        }
    }

    private func write(_ webhook: Webhook, _ tx: Transaction) throws {
        guard try WebhookQueries.update(webhook, at: time.now, tx) else {
            throw SQLError(.conflict, message: "the webhook was changed by another transaction")
        }
        listeners.change(in: tx)
    }

    // MARK: Events

    private func insert(
        _ topic: EventTopic, _ subject: EventSubject, data: [UInt8], _ tx: Transaction
    ) throws -> Int64 {
        let event = ShopEvent(topic, subject, data: data, at: time.now, random: random)
        return try EventQueries.insert(event, clearAt: settings.payloads.map { event.createdAt + $0 }, tx)
    }

    /// Sends an event of the topic `webhook.test` to one receiver.
    ///
    /// - Throws: `WebhookError.inactive`, `SQLError`.
    func test(_ webhook: Webhook, _ data: some Encodable, in tx: Transaction) throws -> DeliveryQueries.Shown {
        guard webhook.isActive else { throw WebhookError.inactive }
        let event = try insert(.webhookTest, EventSubject(), data: JSONBytes.encode(data), tx)
        let id = try DeliveryQueries.insert(delivery(of: event, .webhookTest, at: time.now, to: webhook.id), tx)
        try send(to: [webhook.id], tx)
        return try delivery(id, tx)
    }

    /// Makes a delivery of an event for each receiver that wants it, a chunk of receivers at a time.
    ///
    /// - Throws: `SQLError`.
    func fanOut(_ step: FanOutEvent, in tx: Transaction) throws {
        guard let (topic, publishedAt) = try EventQueries.head(of: step.event, tx) else { return }
        let found = try WebhookQueries.active(after: step.after, limit: Self.chunk, tx)
        let receivers = found.filter { $0.wants(topic) }.map(\.id)
        try DeliveryQueries.insert(receivers.map { delivery(of: step.event, topic, at: publishedAt, to: $0) }, tx)
        try send(to: receivers, tx)
        if found.count == Self.chunk, let last = found.last {
            try jobs.enqueue(FanOutEvent(event: step.event, after: last.id), in: tx)
        }
    }

    private func delivery(
        of event: Int64, _ topic: EventTopic, at publishedAt: Timestamp, to webhook: WebhookID
    ) -> WebhookDelivery {
        var delivery = WebhookDelivery()
        delivery.webhook = webhook
        delivery.event = event
        delivery.topic = topic
        delivery.createdAt = publishedAt
        delivery.nextAttemptAt = time.now
        delivery.giveUpAt = time.now + RetrySchedule.limit
        return delivery
    }

    /// Has what is due for these receivers sent now; where that is under way, it looks for more in the end.
    func send(to webhooks: [WebhookID], _ tx: Transaction) throws {
        for id in webhooks { try jobs.enqueue(CallWebhook(webhook: id), uniqueKey: "\(id)", in: tx) }
    }

    /// Has what is overdue sent, should a job have been lost.
    ///
    /// - Throws: `SQLError`.
    func sendOverdue(in tx: Transaction) throws {
        try send(to: WebhookQueries.overdue(by: time.now - .minutes(1), limit: 500, tx), tx)
    }

    // MARK: Replays

    /// Sends one delivery again, whatever became of it: more attempts on the same row, under the same id.
    ///
    /// - Throws: `NotFound`, `WebhookError`, `SQLError`.
    func replay(_ id: WebhookDeliveryID, in tx: Transaction) throws -> DeliveryQueries.Shown {
        let found = try delivery(id, tx).delivery
        guard try require(found.webhook, tx).isActive else { throw WebhookError.inactive }
        guard try EventQueries.hasBody(found.event, tx) else { throw WebhookError.cleared }
        try begin([found.id], tx)
        try send(to: [found.webhook], tx)
        return try delivery(id, tx)
    }

    /// Sends all deliveries of a filter again, in steps; returns how many there are.
    ///
    /// - Throws: `SQLError`.
    func replay(_ filter: DeliveryQueries.Filter, in tx: Transaction) throws -> Int {
        let count = try DeliveryQueries.countReplayable(filter, tx)
        if count > 0 { try jobs.enqueue(ReplayDeliveries(filter), in: tx) }
        return count
    }

    /// Begins anew with a chunk of deliveries, and has the next step do the rest.
    ///
    /// - Throws: `SQLError`.
    func replay(_ step: ReplayDeliveries, in tx: Transaction) throws {
        let found = try DeliveryQueries.replayable(step.filter, after: step.place, limit: Self.chunk, tx)
        try begin(found.map(\.id), tx)
        try send(to: Set(found.map(\.webhook)).sorted(), tx)
        if found.count == Self.chunk, let last = found.last {
            try jobs.enqueue(step.after(DeliveryQueries.Place(createdAt: last.createdAt, id: last.id)), in: tx)
        }
    }

    private func begin(_ ids: [WebhookDeliveryID], _ tx: Transaction) throws {
        let now = time.now
        try DeliveryQueries.replay(ids, at: now, until: now + RetrySchedule.limit, tx)
    }

    private func delivery(_ id: WebhookDeliveryID, _ connection: Connection) throws -> DeliveryQueries.Shown {
        guard let found = try DeliveryQueries.find(id, connection) else { throw NotFound() }
        return found
    }
}
