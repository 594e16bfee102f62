import Commerce
import FoundationEssentials
import Logging
import Outbound
import Primitives
import TestSupport

@testable import Payments

/// A gateway beside a peer that plays PayPal and its payers.
struct PayPalShop {
    let peer: OutboundPeer
    let http: HTTPClient
    let clock: MovableClock
    let base: String
    let roots: PayPalRoots

    /// Starts the peer; `signsEvents` where it is to sign webhooks.
    init(signsEvents: Bool = false) throws {
        peer = try OutboundPeer("paypal_peer.py", signsEvents ? "certificates" : "")
        http = HTTPClient(threads: try TransferThreads(count: 2))
        clock = MovableClock(startingAt: TimeSource.machine.now)
        base = "http://127.0.0.1:\(peer.greeting.port)"
        roots = try PayPalRoots(peer.greeting.certificate)
    }

    static let euro = Currency(code: "EUR") ?? .usd
    static let names = GatewayLookup(transactionID: "pay_a1")

    /// A gateway of its own channel, so that its breaker is closed.
    func gateway(_ changes: [String: String] = [:]) throws -> PayPalGateway {
        let values = [
            "client_id": "test-client", "secret": "test-secret", "webhook_id": "8PT597110X687430LKGECATA",
            "api_base": base, "ca_file": roots.path,
        ].merging(changes) { $1 }
        let channel = GatewayChannel(
            .paypal, client: http, breaker: CircuitBreaker(time: clock.source), time: clock.source,
            logger: Logger(label: "test"))
        guard let gateway = PayPalGateway(GatewayConfiguration(values), channel) else { throw Missing() }
        return gateway
    }

    struct Missing: Error {}

    func draft(_ units: Int64 = 1_000, _ currency: Currency = euro, id: String = "pay_a1") -> GatewayDraft {
        GatewayDraft(
            transactionID: id, orderNumber: "K-1001", amount: Money(minorUnits: units), currency: currency,
            email: "ann@example.com", returnURL: "https://shop.example/back")
    }

    /// Makes an order and lets its payer approve it.
    func approved(_ gateway: PayPalGateway, _ units: Int64 = 1_000, _ changes: [String: JSONValue] = [:]) async throws
        -> GatewayLookup
    {
        let payment = try await gateway.create(draft(units), key: "create-1")
        try await approve(payment.names, changes)
        return payment.names
    }

    func approve(_ names: GatewayLookup, _ changes: [String: JSONValue] = [:]) async throws {
        let order = JSONValue.string(names.reference ?? "")
        _ = try await control("approve", ["order": order].merging(changes) { $1 })
    }

    /// Makes an order, lets it be approved and captures it.
    func captured(_ gateway: PayPalGateway, _ units: Int64 = 1_000) async throws -> GatewayPayment {
        let names = try await approved(gateway, units)
        return try await gateway.capture(whole(names, units), key: "capture-1")
    }

    func whole(_ names: GatewayLookup, _ units: Int64 = 1_000) -> GatewayCapture {
        GatewayCapture(names, amount: Money(minorUnits: units), of: .zero, Self.euro)
    }

    func refund(_ payment: GatewayPayment, _ units: Int64, id: Int64 = 7, reason: String = "") -> GatewayRefundDraft {
        GatewayRefundDraft(
            RefundID(id), of: payment.names, amount: Money(minorUnits: units), captured: payment.captured, Self.euro,
            reason: reason)
    }

    @discardableResult
    func control(_ name: String, _ order: [String: JSONValue] = [:]) async throws -> JSONValue {
        let body = try JSONBytes.encode(JSONValue.object(order))
        let response = try await http.send(OutboundRequest("POST", base + "/_control/" + name, body: body))
        return try JSONValue(parsing: response.body)
    }

    func fault(_ path: String, _ kind: String, method: String = "POST", times: Int = 1) async throws {
        try await control(
            "fault",
            [
                "path": .string(path), "kind": .string(kind), "method": .string(method),
                "times": .number(String(times)),
            ])
    }

    /// The requests that came to an address, in their order.
    func requests(_ path: String, _ method: String = "POST") async throws -> [JSONValue] {
        guard case .array(let all) = try await control("requests") else { return [] }
        return all.filter {
            $0["method"] == .string(method) && PayPalFields($0)["target"].text?.ends(with: path) ?? false
        }
    }

    /// Returns the kind of the gateway's error that `body` throws; nil where it throws none.
    static func failure(_ body: () async throws -> Void) async throws -> String? {
        do {
            try await body()
            return nil
        } catch let error as GatewayError {
            return switch error {
            case .unavailable(_, let isUndone): isUndone ? "unavailable, undone" : "unavailable"
            case .declined(let code, _): "declined \(code)"
            case .refused(let status, let code, _): "refused \(status) \(code)"
            case .badSignature: "bad signature"
            case .unsupported: "unsupported"
            }
        }
    }
}

/// A file that is there as long as this.
final class PayPalRoots {
    let path: String

    init(_ text: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "kontor-test-\(UUID().uuidString).pem")
        try Data(text.utf8).write(to: file)
        path = file.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
