import Commerce
import Logging
import Outbound
import Payments
import Primitives
import TestSupport
import Testing

/// Stripe as `stripe_peer.py` plays it, and the gateway over it.
struct StripePeer {
    let peer: OutboundPeer
    let client: HTTPClient
    let time: MovableClock
    var base: String { "http://127.0.0.1:\(peer.greeting.port)" }

    /// Starts a peer; its clock is the machine's now.
    init(_ script: String = "stripe_peer.py") throws {
        peer = try OutboundPeer(script)
        client = HTTPClient(threads: try TransferThreads(count: 2))
        time = MovableClock(startingAt: TimeSource.machine.now)
    }

    /// Returns the gateway over this peer; `changes` are made to its configuration.
    func gateway(_ changes: [String: String] = [:]) throws -> StripeGateway {
        try #require(Self.gateway(at: base, changes, client, time.source))
    }

    /// Returns a gateway that nothing is sent to; nil where the configuration names none.
    static func idle(_ changes: [String: String] = [:]) throws -> StripeGateway? {
        gateway(at: "http://127.0.0.1:1", changes, HTTPClient(threads: try TransferThreads(count: 1)), .machine)
    }

    private static func gateway(
        at base: String, _ changes: [String: String], _ client: HTTPClient, _ time: TimeSource
    ) -> StripeGateway? {
        let configuration = [
            "secret_key": "sk_test_peer", "public_key": "pk_test_peer", "webhook_secret": "whsec_new, whsec_old",
            "api_base": base + "/",
        ].merging(changes) { $1 }
        let channel = GatewayChannel(
            .stripe, client: client, breaker: CircuitBreaker(time: time), time: time,
            logger: Logger(label: "stripe", factory: { _ in SwiftLogNoOpLogHandler() }))
        return StripeGateway(GatewayConfiguration(configuration), over: channel)
    }

    /// Plays the payer, the bank or the network.
    @discardableResult
    func control(_ name: String, _ parameters: [String: JSONValue] = [:]) async throws -> JSONValue {
        let body = try JSONBytes.encode(JSONValue.object(parameters), keys: .asDeclared)
        let response = try await client.send(OutboundRequest("POST", base + "/_control/" + name, body: body))
        try #require(response.status == 200)
        return try JSONValue(parsing: response.body)
    }

    /// Returns the requests that it was sent: `{method, target, body, key}`.
    func requests() async throws -> [JSONValue] {
        guard case .array(let requests)? = try await control("log")["requests"] else { return [] }
        return requests
    }

    /// Returns the number of objects of a kind that it has made.
    func count(_ kind: String) async throws -> String? {
        if case .number(let text)? = try await control("count")[kind] { text } else { nil }
    }
}

extension GatewayDraft {
    /// A payment of 20.00 US dollars, unless said.
    static func stripe(
        _ transactionID: String = "pay_1", _ amount: Int64 = 2_000, _ currency: Currency = .usd, method: String? = nil,
        customer: String? = nil, savedMethod: String? = nil, savesMethod: Bool = false
    ) -> GatewayDraft {
        GatewayDraft(
            transactionID: transactionID, orderNumber: "ORD-1 & Söhne [7]", amount: Money(minorUnits: amount),
            currency: currency, email: "payer@example.com", returnURL: "https://shop.example.com/back?x=1&y=2",
            method: method, customer: customer, savedMethod: savedMethod, savesMethod: savesMethod)
    }
}

/// Returns what `body` throws as an error of gateways; nil where it throws nothing.
func stripeError(_ body: () async throws -> Void) async throws -> GatewayError? {
    do {
        try await body()
        return nil
    } catch let error as GatewayError {
        return error
    }
}

extension Money {
    static func minor(_ units: Int64) -> Money { Money(minorUnits: units) }
}
