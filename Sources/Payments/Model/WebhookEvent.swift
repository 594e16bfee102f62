import Commerce
import Primitives
import SQL

/// A webhook that a gateway has sent and whose signature was good, stored once.
public struct WebhookEvent: Sendable, Hashable {
    /// What has become of an event.
    public enum Status: String, WireEnum {
        /// Its job has still to work on it.
        case pending
        case done
        /// It is about nothing that the shop follows.
        case ignored
        /// Its job has given up.
        case failed
    }

    /// How the work on an event ended.
    public struct Outcome: Sendable {
        let payment: PaymentID?
        let status: Status
        let error: String

        /// Ends an event about `payment`, nil for none.
        public init(_ payment: PaymentID?, status: Status, error: String = "") {
            self.payment = payment
            self.status = status
            self.error = error
        }
    }

    /// The primary key.
    public internal(set) var id = WebhookEventID(0)
    /// The sender.
    public internal(set) var gateway = GatewayCode.sandbox
    /// The gateway's own id of it.
    public internal(set) var eventID = ""
    /// The type, in the gateway's words.
    public internal(set) var type = ""
    /// The payment that it is about; nil before that is known.
    var payment: PaymentID?
    /// The body as it was signed, sealed in the row; empty once it has been cleared away.
    public internal(set) var payload = ""
    /// What has become of it.
    public internal(set) var status = Status.pending
    /// How often its job has tried.
    public internal(set) var attempts = 0
    /// Why it failed last; empty without a failure.
    public internal(set) var error = ""
    /// The moment at which it came, in UTC.
    public internal(set) var receivedAt = Timestamp(seconds: 0)
    /// The moment at which the work on it ended, in UTC.
    var processedAt: Timestamp?

    /// Makes an empty event, which reading fills.
    public init() {}
}

extension WebhookEvent {
    /// The row's identity, under which its payload is sealed.
    var place: String { "\(gateway.rawValue)/\(eventID)" }
}

extension WebhookEvent: Record {
    /// The columns that an event is read from and written to.
    public static let columns = Columns<WebhookEvent>(
        .key("id", \.id),
        .column("gateway", \.gateway),
        .column("event_id", \.eventID),
        .column("event_type", \.type),
        .column("payment_id", \.payment),
        .column("payload", \.payload),
        .column("status", \.status),
        .column("attempts", \.attempts),
        .column("error", \.error),
        .column("received_at", \.receivedAt),
        .column("processed_at", \.processedAt))
}
