import Commerce
import Primitives
import SQL
import Synchronization

@testable import Payments

/// A gateway whose calls are counted, and may lose their answers, fail or end the process that makes them.
struct WatchedGateway: PaymentGateway {
    /// What goes wrong with a call.
    enum Fault: Sendable {
        /// The gateway does what it is asked, and the answer is lost.
        case lostAnswer
        /// The gateway does not even hear of it.
        case unreachable
        /// The gateway says that this account may not.
        case refused
    }

    /// What has been asked, and what will go wrong.
    final class Watch: Sendable {
        private struct State {
            var calls: [String] = []
            var faults: [(call: String, fault: Fault)] = []
        }

        private let state = Mutex(State())

        /// The names of the calls, in order.
        var calls: [String] { state.withLock { $0.calls } }

        /// Has the next call of this name go wrong.
        func fail(_ call: String, _ fault: Fault) { state.withLock { $0.faults.append((call, fault)) } }

        func count(_ call: String) -> Fault? {
            state.withLock { state in
                state.calls.append(call)
                guard let index = state.faults.firstIndex(where: { $0.call == call }) else { return nil }
                return state.faults.remove(at: index).fault
            }
        }
    }

    let base: SandboxGateway
    let watch: Watch
    let mortality: Mortality

    var code: GatewayCode { base.code }
    var publicKey: String? { base.publicKey }
    var isTest: Bool { base.isTest }
    var methods: [String] { base.methods }
    var amounts: GatewayAmounts { base.amounts }
    var capturesAutomatically: Bool { base.capturesAutomatically }
    var keyLifetime: TimeSpan { base.keyLifetime }

    private func call<Value>(_ name: String, _ body: () async throws -> Value) async throws -> Value {
        let fault = watch.count(name)
        if fault == .unreachable { throw GatewayError.unavailable("nobody is there", isUndone: true) }
        if fault == .refused { throw GatewayError.refused(status: 403, code: "no_permission", "not allowed") }
        // What a gateway asks its own database is not the shop's cost.
        let value = try await StatementMeter.$current.withValue(nil) { try await mortality.step(body) }
        if fault == .lostAnswer { throw GatewayError.unavailable("the answer was lost", isUndone: false) }
        return value
    }

    func create(_ draft: GatewayDraft, key: String) async throws -> GatewayPayment {
        try await call("create") { try await base.create(draft, key: key) }
    }

    func find(_ names: GatewayLookup, in currency: Currency) async throws -> GatewayPayment? {
        try await call("find") { try await base.find(names, in: currency) }
    }

    func capture(_ payment: GatewayCapture, key: String) async throws -> GatewayPayment {
        try await call("capture") { try await base.capture(payment, key: key) }
    }

    func void(_ names: GatewayLookup, in currency: Currency, key: String) async throws -> GatewayPayment {
        try await call("void") { try await base.void(names, in: currency, key: key) }
    }

    func refund(_ refund: GatewayRefundDraft, key: String) async throws -> GatewayRefund {
        try await call("refund") { try await base.refund(refund, key: key) }
    }

    func verify(_ delivery: WebhookDelivery, at now: Timestamp) async throws -> WebhookHeader {
        try base.verify(delivery, at: now)
    }

    func notices(in payload: JSONValue) throws -> [GatewayNotice] { try base.notices(in: payload) }

    func list(from: Timestamp, until: Timestamp, after cursor: String?) async throws -> GatewayPage {
        try await call("list") { try await base.list(from: from, until: until, after: cursor) }
    }

    /// Counted as `refunds` or `disputes`.
    func changes(
        _ kind: GatewayChangeKind, from: Timestamp, until: Timestamp, after cursor: String?
    ) async throws -> GatewayChangePage {
        try await call(kind.rawValue) { try await base.changes(kind, from: from, until: until, after: cursor) }
    }
}
