import Commerce
import Logging
import Outbound
import Payments
import Primitives
import TestSupport
import Testing

/// A gateway in front of `razorpay_peer.py`, with the payer, the banks and the network behind that.
struct RazorpayBench {
    static let configuration = [
        "key_id": "rzp_test_peer", "key_secret": "peer secret", "webhook_secret": "peer webhook secret",
    ]

    let base: String
    private let peer: OutboundPeer
    private let client: HTTPClient

    init() throws {
        peer = try OutboundPeer("razorpay_peer.py")
        client = HTTPClient(threads: try TransferThreads(count: 2))
        base = "http://127.0.0.1:\(peer.greeting.port)"
    }

    /// Returns a gateway whose configuration is the peer's except for `changes`.
    func gateway(_ changes: [String: String] = [:]) throws -> RazorpayGateway {
        let values = Self.configuration.merging(["api_base": base]) { $1 }.merging(changes) { $1 }
        return try #require(RazorpayGateway(GatewayConfiguration(values), over: Self.channel(client)))
    }

    static func channel(_ client: HTTPClient) -> GatewayChannel {
        GatewayChannel(
            .razorpay, client: client, breaker: CircuitBreaker(time: .machine), time: .machine,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Returns a gateway without a peer, for what goes not over the network.
    static func alone(_ changes: [String: String] = [:]) throws -> RazorpayGateway {
        let client = HTTPClient(threads: try TransferThreads(count: 1))
        let values = configuration.merging(["api_base": "http://127.0.0.1:1"]) { $1 }.merging(changes) { $1 }
        return try #require(RazorpayGateway(GatewayConfiguration(values), over: channel(client)))
    }

    /// Plays a part that is not ours.
    @discardableResult
    func control(_ what: String, _ parameters: [String: JSONValue] = [:]) async throws -> JSONValue {
        let body = try JSONBytes.encode(JSONValue.object(parameters))
        let response = try await client.send(OutboundRequest("POST", "\(base)/_control/\(what)", body: body))
        #expect(response.status == 200)
        return try JSONValue(parsing: response.body)
    }

    /// Spoils the next requests that fit: `POST /v1/orders`.
    func spoil(_ request: String, _ kind: String, times: Int = 1) async throws {
        try await control(
            "fault", ["on": .string(request), "kind": .string(kind), "times": .number(String(times))])
    }

    /// Pays an order in the checkout and returns the payment's id.
    @discardableResult
    func pay(_ order: GatewayPayment, _ status: String = "authorized", method: String = "card") async throws -> String {
        let reference = try #require(order.names.reference)
        let paid = try await control(
            "pay", ["order": .string(reference), "status": .string(status), "method": .string(method)])
        return try #require(paid["payment"]?.text)
    }

    /// Returns the bodies of the requests of a method whose path ends so.
    func bodies(_ method: String, _ suffix: String) async throws -> [JSONValue] {
        try await requests(method, suffix).map { try JSONValue(parsing: Array(($0["body"]?.text ?? "").utf8)) }
    }

    /// Returns the requests of a method whose path ends so, each with `query`, `headers` and `body`.
    func requests(_ method: String, _ suffix: String) async throws -> [JSONValue] {
        let log = try await control("log")["requests"]?.elements ?? []
        return log.filter { $0["method"]?.text == method && $0["path"]?.text?.ends(with: suffix) == true }
    }

    /// Returns an event as Razorpay delivers it.
    func event(_ type: String, _ parameters: [String: JSONValue]) async throws -> WebhookDelivery {
        let event = try await control("event", parameters.merging(["event": .string(type)]) { $1 })
        let (body, id) = (try #require(event["body"]?.text), try #require(event["event_id"]?.text))
        let signature = try #require(event["signature"]?.text)
        return WebhookDelivery(
            body: Array(body.utf8), headers: [("X-Razorpay-Signature", signature), ("X-Razorpay-Event-Id", id)])
    }

    /// Returns what a call is refused with; nil where it is not.
    static func refusal<Value>(_ body: () async throws -> Value) async throws -> GatewayError? {
        do {
            _ = try await body()
            return nil
        } catch let error as GatewayError {
            return error
        }
    }
}

extension GatewayDraft {
    /// Asks for 500.00 rupees, unless said.
    static func razorpay(
        _ id: String = "p1-razorpay", _ units: Int64 = 50_000, _ code: String = "INR"
    ) throws -> GatewayDraft {
        GatewayDraft(
            transactionID: id, orderNumber: "K-1001", amount: Money(minorUnits: units),
            currency: try #require(Currency(code: code)), email: "buyer@example.com",
            returnURL: "https://shop.example/back")
    }
}
