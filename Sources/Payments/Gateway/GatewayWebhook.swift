import Commerce
import Primitives

/// A webhook as it came over the wire.
public struct WebhookDelivery: Sendable {
    /// The raw bytes, over which signatures are made.
    public let body: [UInt8]
    private let headers: [String: String]

    /// Creates a delivery with these headers; their names' case does not matter.
    public init(body: [UInt8], headers: [(name: String, value: String)]) {
        self.body = body
        self.headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
    }

    /// Returns the first value under `name`, in any case; nil where there is none.
    public func header(_ name: String) -> String? { headers[name.lowercased()] }
}

/// What is known of a webhook once its signature was found to be good.
public struct WebhookHeader: Sendable, Hashable {
    /// The event's id, unique at its gateway, at most 200 characters.
    public let id: String
    /// The event's type, in the gateway's words, at most 100 characters.
    public let type: String
    /// The payload.
    public let payload: JSONValue

    /// Names an event.
    public init(id: String, type: String, payload: JSONValue) {
        self.id = id
        self.type = type
        self.payload = payload
    }
}

/// One thing that a webhook or a list tells. The amounts in it are in the currency that it names.
public enum GatewayNotice: Sendable, Hashable {
    /// A payment as it was at the time.
    case payment(GatewayPayment, currency: String)
    /// A refund of a payment.
    case refund(GatewayRefund, of: GatewayLookup, currency: String)
    /// A dispute of a payment.
    case dispute(GatewayDispute, of: GatewayLookup, currency: String)
    /// Something happened to a payment that is not told in full: the gateway is asked.
    case ask(GatewayLookup)

    /// The names of the payment that it is about.
    public var names: GatewayLookup {
        switch self {
        case .payment(let report, _): report.names
        case .refund(_, let names, _), .dispute(_, let names, _), .ask(let names): names
        }
    }
}
