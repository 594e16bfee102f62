import Primitives
import SQL

/// The means by which a room tells of what it has just written: handed to its service by the composition root.
///
///     try events.publish(.orderPaid, about: EventSubject(order: order.id), in: tx) { OrderBody(order, …) }
///
/// An event is written in the transaction of its cause, and gone with it. Where nobody listens, nothing is rendered and
/// nothing is written.
public struct EventPublisher: Sendable {
    /// Tells whether anybody wants events of a topic.
    public typealias Audience = @Sendable (EventTopic, Transaction) throws -> Bool
    /// Writes an event whose data is this JSON.
    public typealias Writer = @Sendable (EventTopic, EventSubject, [UInt8], Transaction) throws -> Void

    private let audience: Audience
    private let write: Writer

    /// Creates a publisher that asks `audience` before it renders, and has `write` store what it rendered.
    public init(audience: @escaping Audience, write: @escaping Writer) {
        self.audience = audience
        self.write = write
    }

    /// The publisher to which nobody listens.
    public static let silent = EventPublisher(audience: { _, _ in false }, write: { _, _, _, _ in })

    /// Publishes an event, whose `body` is rendered as the API answers it and only where somebody listens.
    ///
    /// - Throws: what `body` throws, `EncodingError`, `SQLError`.
    public func publish(
        _ topic: EventTopic, about subject: EventSubject = EventSubject(), in tx: Transaction,
        _ body: () throws -> some Encodable
    ) throws {
        try publish([topic], about: subject, in: tx, body)
    }

    /// Publishes one event for each of `topics`, over a body that is rendered once.
    ///
    /// - Throws: what `body` throws, `EncodingError`, `SQLError`.
    public func publish(
        _ topics: [EventTopic], about subject: EventSubject = EventSubject(), in tx: Transaction,
        _ body: () throws -> some Encodable
    ) throws {
        let wanted = try topics.filter { try audience($0, tx) }
        guard !wanted.isEmpty else { return }
        let data = try JSONBytes.encode(try body())
        for topic in wanted { try write(topic, subject, data, tx) }
    }

    /// Publishes what `body` renders right before the commit, when all that belongs to the change has been written:
    /// once for each `key` in a transaction, however often it is asked for. A `body` of nil publishes nothing.
    ///
    /// - Throws: `SQLError`; the commit throws what `body` throws.
    public func publishLast<Body: Encodable>(
        _ topic: EventTopic, about subject: EventSubject = EventSubject(), once key: String, in tx: Transaction,
        _ body: @escaping (Transaction) throws -> Body?
    ) throws {
        guard try audience(topic, tx) else { return }
        tx.beforeCommit(once: key) { tx in
            guard let body = try body(tx) else { return }
            try write(topic, subject, try JSONBytes.encode(body), tx)
        }
    }
}
