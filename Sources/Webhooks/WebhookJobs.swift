import Commerce
import Jobs
import Primitives
import SQL

/// Makes a delivery of an event for each receiver that wants it.
struct FanOutEvent: JobPayload {
    static let kind = "webhooks.fan_out"

    /// The primary key of the event.
    let event: Int64
    /// The last receiver that has been looked at.
    let after: WebhookID
}

/// Calls a receiver with what is due for it. There is one at a time for each, and they share no thread with other work.
struct CallWebhook: ExternalJobPayload {
    static let kind = "webhooks.call"
    static let lane = JobLane.callback
    static let timeLimit = TimeSpan.minutes(1)
    static let retry = RetryPolicy(maxAttempts: 20, firstPause: .seconds(5), maxPause: .minutes(5))

    let webhook: WebhookID
}

/// Has a receiver called when the next attempt is due.
struct WakeWebhook: JobPayload {
    static let kind = "webhooks.wake"

    let webhook: WebhookID
}

/// Has receivers called for whom something is overdue.
struct SendOverdue: JobPayload {
    static let kind = "webhooks.overdue"
    static let priority = JobPriority.low
    static let entry = CronEntry("webhooks.overdue", .every(.minutes(5)), SendOverdue())
}

/// Sends deliveries again, a chunk at a time.
struct ReplayDeliveries: JobPayload {
    static let kind = "webhooks.replay"

    let webhook: WebhookID?
    let status: String?
    /// In microseconds since 1970, as the others.
    let from: Int64?
    let until: Int64?
    let afterCreated: Int64
    let afterID: WebhookDeliveryID

    init(_ filter: DeliveryQueries.Filter) {
        self.init(
            webhook: filter.webhook, status: filter.status?.rawValue, from: filter.from?.microseconds,
            until: filter.until?.microseconds, afterCreated: 0, afterID: WebhookDeliveryID(0))
    }

    private init(
        webhook: WebhookID?, status: String?, from: Int64?, until: Int64?, afterCreated: Int64,
        afterID: WebhookDeliveryID
    ) {
        self.webhook = webhook
        self.status = status
        self.from = from
        self.until = until
        self.afterCreated = afterCreated
        self.afterID = afterID
    }

    var filter: DeliveryQueries.Filter {
        DeliveryQueries.Filter(
            webhook: webhook, status: status.flatMap { WebhookDelivery.Status(rawValue: $0) },
            from: from.map { Timestamp(microseconds: $0) }, until: until.map { Timestamp(microseconds: $0) })
    }

    var place: DeliveryQueries.Place {
        DeliveryQueries.Place(createdAt: Timestamp(microseconds: afterCreated), id: afterID)
    }

    /// Returns the next step.
    func after(_ place: DeliveryQueries.Place) -> ReplayDeliveries {
        ReplayDeliveries(
            webhook: webhook, status: status, from: from, until: until, afterCreated: place.createdAt.microseconds,
            afterID: place.id)
    }
}

extension WebhookService {
    /// The handlers of these jobs, but for the calls themselves.
    var jobHandlers: [JobHandler] {
        [
            .transactional(FanOutEvent.self) { try fanOut($0, in: $1) },
            .transactional(WakeWebhook.self) { try send(to: [$0.webhook], $1) },
            .transactional(SendOverdue.self) { try sendOverdue(in: $1) },
            .transactional(ReplayDeliveries.self) { try replay($0, in: $1) },
        ]
    }
}
