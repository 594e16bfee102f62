import Commerce
import Primitives
import SQL
import Web

/// The statements of staff's list of gateways' webhooks.
enum EventListQueries {
    /// The conditions on the events of a list; nil leaves one out.
    struct Filter: Sendable {
        var gateway: GatewayCode?
        var status: WebhookEvent.Status?
        var search: RowSearch<WebhookEventID>?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let gateway { conditions.append("gateway = \(gateway)") }
            if let status { conditions.append("status = \(status)") }
            if let search { conditions.append(search.holds("id")) }
            return conditions.joined(by: " AND ")
        }

        /// Returns the hint of the index that has the list in the order of `key`.
        func walk(by key: SortKey, _ dialect: Dialect) -> Query {
            if search?.isDone == true { return .empty }
            return switch (key, status != nil, gateway != nil) {
            case (.receivedAt, true, _), (.status, true, _): dialect.through("ix_webhook_events_status_received_at")
            case (.receivedAt, false, true): dialect.through("ix_webhook_events_gateway_received_at")
            case (.receivedAt, false, false): dialect.through("ix_webhook_events_received_at")
            case (.status, false, true): dialect.through("ix_webhook_events_gateway_status_received_at")
            case (.status, false, false): dialect.through("ix_webhook_events_status_received_at")
            }
        }
    }

    enum SortKey: String, CaseIterable, Sendable {
        case receivedAt = "received_at"
        case status
    }

    /// Returns the search for events by their id at the gateway, or by the beginning of their type, which is of ASCII.
    static func search(_ text: String) -> RowSearch<WebhookEventID> {
        RowSearch(
            """
            SELECT id FROM webhook_events
            WHERE gateway IN (\(list: GatewayCode.allCases)) AND event_id = \(text)
            UNION SELECT id FROM webhook_events WHERE event_type >= \(text) AND event_type < \(text + "~")
            """)
    }

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM webhook_events WHERE \(filter.condition)") ?? 0
    }

    /// Returns a page of events. What lies before the page is skipped by the index alone: rows have payloads.
    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [WebhookEvent] {
        let age: Query = "received_at \(order.direction), id \(order.direction)"
        return try connection.all(
            .page(
                of: "\(WebhookEvent.columns)", from: "webhook_events",
                through: filter.walk(by: order.key, connection.dialect), where: filter.condition,
                by: order.key == .status ? "status \(order.direction), \(age)" : age, page.limit))
    }
}
