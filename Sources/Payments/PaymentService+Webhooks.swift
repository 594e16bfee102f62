import Commerce
import Primitives
import SQL

extension PaymentService {
    /// The age at which the payloads of webhooks are cleared away: longer than any gateway repeats them.
    static let payloadAge = TimeSpan.days(30)

    /// Stores an event whose signature is good; nil where its gateway has sent it before. Its payload, which names the payer and may hold
    /// secrets, is sealed.
    ///
    /// - Throws: `CryptoKitError`, `SQLError`.
    public func store(
        _ header: WebhookHeader, _ payload: String, from gateway: GatewayCode, in tx: Transaction
    ) throws -> WebhookEventID? {
        var event = WebhookEvent()
        event.gateway = gateway
        event.eventID = Self.cut(header.id, to: 200)
        event.type = Self.cut(header.type, to: 100)
        event.payload = try webhookBox.seal(payload, context: event.place)
        event.receivedAt = time.now
        return try WebhookQueries.insert(event, clearAt: event.receivedAt + Self.payloadAge, tx)
    }

    /// Returns the event with its payload in clear, empty where that has been cleared away; nil where there is none.
    ///
    /// - Throws: `SealedTextError` where the payload was sealed under another secret, `SQLError`.
    public func event(_ id: WebhookEventID, in connection: Connection) throws -> WebhookEvent? {
        guard var event = try WebhookQueries.find(id, connection) else { return nil }
        if !event.payload.isEmpty { event.payload = try webhookBox.open(event.payload, context: event.place) }
        return event
    }

    /// Notes how the work on an event ended.
    ///
    /// - Throws: `SQLError`.
    public func end(_ id: WebhookEventID, _ outcome: WebhookEvent.Outcome, in tx: Transaction) throws {
        try WebhookQueries.end(id, outcome, at: time.now, tx)
    }

    /// Has an event worked on again, by staff's word.
    ///
    /// - Throws: `NotFound` where there is none or its payload has been cleared away, `SQLError`.
    public func reopen(_ id: WebhookEventID, in tx: Transaction) throws -> WebhookEvent {
        guard let event = try WebhookQueries.find(id, tx), !event.payload.isEmpty else { throw NotFound() }
        try WebhookQueries.reopen(id, tx)
        return event
    }
}
