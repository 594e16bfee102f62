import Commerce
import Messages
import SQL
import Web

/// What the catalog tells other systems of its products, as staff see them.
public struct ProductEvents: Sendable {
    /// Reads a product as staff see it; nil where it is deleted.
    public typealias Reader = @Sendable (ProductID, Connection) throws -> ProductDetail?

    private let publisher: EventPublisher
    private let read: Reader

    /// Creates events for `publisher`; `read` is asked for the product once all that belongs to a change is written.
    public init(_ publisher: EventPublisher, read: @escaping Reader) {
        self.publisher = publisher
        self.read = read
    }

    /// The events that nobody hears.
    public static let silent = ProductEvents(.silent) { _, _ in nil }

    /// Publishes that a product was made.
    func created(_ id: ProductID, in tx: Transaction) throws { try publish(.productCreated, id, tx) }

    /// Publishes that a product was changed, once for each transaction; one that was made in it is new, and no more.
    func updated(_ id: ProductID, in tx: Transaction) throws { try publish(.productUpdated, id, tx) }

    /// Publishes that a product is about to be deleted, as it was.
    func deleted(_ id: ProductID, in tx: Transaction) throws {
        try publisher.publish(.productDeleted, in: tx) { try read(id, tx) }
    }

    private func publish(_ topic: EventTopic, _ id: ProductID, _ tx: Transaction) throws {
        try publisher.publishLast(topic, once: "event-product-\(id)", in: tx) { try read(id, $0) }
    }
}
