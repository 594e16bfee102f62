import Commerce
import Messages
import Primitives
import SQL
import Web

/// The statements of `webhook_deliveries`.
enum DeliveryQueries {
    /// The conditions on the deliveries of a list; nil leaves one out.
    struct Filter: Sendable {
        var webhook: WebhookID?
        var status: WebhookDelivery.Status?
        var topic: EventTopic?
        var from: Timestamp?
        var until: Timestamp?
        /// The whole id of an event, or a part of a topic's name.
        var search: String?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let webhook { conditions.append("d.webhook_id = \(webhook)") }
            if let status { conditions.append("d.status = \(status)") }
            if let topic { conditions.append("d.topic = \(topic)") }
            if let from { conditions.append("d.created_at >= \(from)") }
            if let until { conditions.append("d.created_at < \(until)") }
            if let search { conditions.append(Self.matches(search)) }
            return conditions.joined(by: " AND ")
        }

        /// The topics that a search means; empty where it can only mean an event.
        private static func topics(named text: String) -> [EventTopic] {
            EventTopic.allCases.filter { $0.rawValue.contains(text.lowercased()) }
        }

        private static func matches(_ text: String) -> Query {
            let topics = topics(named: text)
            if topics.isEmpty { return "d.event_id = (SELECT id FROM shop_events WHERE event_id = \(text))" }
            return "d.topic IN (\(list: topics))"
        }

        /// The index along which deliveries are replayed.
        fileprivate var walk: StaticString {
            webhook == nil ? "ix_webhook_deliveries_created_at" : "ix_webhook_deliveries_webhook_id_created_at"
        }

        /// Returns the index that has a receiver's deliveries in the order of `key`, or the one delivery of an event.
        fileprivate func index(by key: SortKey) -> StaticString {
            if let search, Self.topics(named: search).isEmpty { return "uq_webhook_deliveries_webhook_id_event_id" }
            if key == .status || status != nil { return "ix_webhook_deliveries_webhook_id_status_created_at" }
            return topic == nil
                ? "ix_webhook_deliveries_webhook_id_created_at"
                : "ix_webhook_deliveries_webhook_id_topic_created_at"
        }
    }

    enum SortKey: String, CaseIterable, Sendable {
        case createdAt = "created_at"
        case status
    }

    /// A delivery with its event's public id.
    typealias Shown = (delivery: WebhookDelivery, eventID: String)
    /// A delivery with what is to be sent; an empty body where it has been cleared away.
    typealias Parcel = (delivery: WebhookDelivery, eventID: String, body: String)

    static func find(_ id: WebhookDeliveryID, _ connection: Connection) throws -> Shown? {
        try connection.first(
            """
            SELECT \(WebhookDelivery.columns, of: "d"), e.event_id FROM webhook_deliveries d
            JOIN shop_events e ON e.id = d.event_id JOIN shop_webhooks w ON w.id = d.webhook_id
            WHERE d.id = \(id) AND w.deleted_at IS NULL
            """, shown)
    }

    static func countQuery(_ filter: Filter) -> Query {
        "SELECT COUNT(*) FROM webhook_deliveries d WHERE \(filter.condition)"
    }

    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, limit: Query, _ connection: Connection
    ) throws -> [Shown] {
        let age: Query = "d.created_at \(order.direction), d.id \(order.direction)"
        return try connection.all(
            .page(
                of: "\(WebhookDelivery.columns, of: "d"), e.event_id", from: "webhook_deliveries d", key: "d.id",
                through: connection.dialect.through(filter.index(by: order.key)), where: filter.condition,
                joining: "JOIN shop_events e ON e.id = d.event_id",
                by: order.key == .status ? "d.status \(order.direction), \(age)" : age, limit), shown)
    }

    private static func shown(_ row: inout RowReader) throws -> Shown {
        (delivery: try WebhookDelivery(row: &row), eventID: try row())
    }

    /// Returns what is due for a receiver, the longest due first.
    static func due(
        for webhook: WebhookID, at now: Timestamp, limit: Int, _ connection: Connection
    ) throws -> [Parcel] {
        try connection.all(
            """
            SELECT \(WebhookDelivery.columns, of: "d"), e.event_id, e.body
            FROM webhook_deliveries d \(connection.dialect.forceIndex("ix_webhook_deliveries_webhook_id_next_attempt_at"))
            JOIN shop_events e ON e.id = d.event_id WHERE d.webhook_id = \(webhook) AND d.next_attempt_at <= \(now)
            ORDER BY d.next_attempt_at, d.id LIMIT \(limit)
            """
        ) { row in (delivery: try WebhookDelivery(row: &row), eventID: try row(), body: try row()) }
    }

    /// Returns when the next attempt for a receiver is due; nil where none is.
    static func next(for webhook: WebhookID, _ connection: Connection) throws -> Timestamp? {
        try connection.value(
            """
            SELECT next_attempt_at FROM webhook_deliveries
            WHERE webhook_id = \(webhook) AND next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 1
            """)
    }

    static func insert(_ deliveries: [WebhookDelivery], _ tx: Transaction) throws {
        guard !deliveries.isEmpty else { return }
        try tx.execute("INSERT INTO webhook_deliveries \(insert: try deliveries.map { try $0.values() })")
    }

    static func insert(_ delivery: WebhookDelivery, _ tx: Transaction) throws -> WebhookDeliveryID {
        WebhookDeliveryID(try tx.insert("INSERT INTO webhook_deliveries \(insert: try delivery.values())"))
    }

    /// Writes what an attempt came to. Where a replay has begun meanwhile it is only counted.
    static func record(_ delivery: WebhookDelivery, _ tx: Transaction) throws {
        let found = try tx.execute(
            """
            UPDATE webhook_deliveries SET \(set: try delivery.values())
            WHERE id = \(delivery.id) AND give_up_at = \(delivery.giveUpAt)
            """)
        guard found == 0 else { return }
        try tx.execute("UPDATE webhook_deliveries SET attempts = attempts + 1 WHERE id = \(delivery.id)")
    }

    /// Begins anew with these deliveries: they are due now.
    static func replay(
        _ ids: [WebhookDeliveryID], at now: Timestamp, until end: Timestamp, _ tx: Transaction
    ) throws {
        guard !ids.isEmpty else { return }
        try tx.execute(
            """
            UPDATE webhook_deliveries SET status = \(WebhookDelivery.Status.pending), tries = 0, error = '',
            next_attempt_at = \(now), give_up_at = \(end) WHERE id IN (\(list: ids))
            """)
    }

    /// Where the walk over deliveries to replay has come to.
    struct Place: Sendable {
        let createdAt: Timestamp
        let id: WebhookDeliveryID
    }

    /// Returns deliveries that can be replayed, oldest first, behind `place`: their receiver is on, and their event has
    /// its body.
    static func replayable(
        _ filter: Filter, after place: Place, limit: Int, _ connection: Connection
    ) throws -> [(id: WebhookDeliveryID, webhook: WebhookID, createdAt: Timestamp)] {
        try connection.all(
            """
            SELECT d.id, d.webhook_id, d.created_at
            FROM webhook_deliveries d \(connection.dialect.forceIndex(filter.walk)) \(replayableJoin)
            WHERE \(filter.condition) AND d.created_at >= \(place.createdAt)
            AND (d.created_at > \(place.createdAt) OR d.id > \(place.id))
            ORDER BY d.created_at, d.id LIMIT \(limit)
            """
        ) { row in (id: try row(), webhook: try row(), createdAt: try row()) }
    }

    static func countReplayable(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value(
            "SELECT COUNT(*) FROM webhook_deliveries d \(replayableJoin) WHERE \(filter.condition)") ?? 0
    }

    private static let replayableJoin: Query = """
        JOIN shop_webhooks w ON w.id = d.webhook_id AND w.is_active = 1 AND w.deleted_at IS NULL
        JOIN shop_events e ON e.id = d.event_id AND e.body <> ''
        """

    /// Deletes deliveries from before `moment`; returns how many.
    static func purge(before moment: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let ids: [WebhookDeliveryID] = try tx.column(
            """
            SELECT id FROM webhook_deliveries WHERE created_at < \(moment) ORDER BY created_at LIMIT \(limit)
            """)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM webhook_deliveries WHERE id IN (\(list: ids))")
    }
}
