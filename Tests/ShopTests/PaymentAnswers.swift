import Primitives
import SQL
import Synchronization
import TestSupport

/// What a shop has answered to customers and staff who pay and refund.
final class PaymentAnswers: Sendable {
    private struct State {
        var orders: [String: [SandboxPayer.Order]] = [:]
        var unfinished: Set<Int> = []
        var payments: Set<Int> = []
        var paid: Set<Int> = []
        var refunds: [Int: String] = [:]
        var surprises: [String] = []
        var count = 0
        var watcher: @Sendable (Int) -> Void = { _ in }
    }

    private let state = Mutex(State())

    /// How many answers there were.
    var count: Int { state.withLock { $0.count } }
    /// The answers that should not have been.
    var surprises: [String] { state.withLock { $0.surprises } }

    /// Calls `watcher` with the count at each answer from now on.
    func watch(_ watcher: @escaping @Sendable (Int) -> Void) { state.withLock { $0.watcher = watcher } }

    func add(_ order: SandboxPayer.Order, of email: String) {
        note {
            $0.orders[email, default: []].append(order)
            $0.unfinished.insert(order.id)
        }
    }

    func finish(_ order: Int) { _ = state.withLock { $0.unfinished.remove(order) } }

    /// The customer's last order, where nothing was answered that ends it.
    func unfinished(of email: String) -> SandboxPayer.Order? {
        state.withLock { state in state.orders[email]?.last.flatMap { state.unfinished.contains($0.id) ? $0 : nil } }
    }

    func addPayment(_ payment: Int) { note { $0.payments.insert(payment) } }
    func addPaid(_ payment: Int) { note { $0.paid.insert(payment) } }
    func addRefund(_ refund: Int, _ amount: String) { note { $0.refunds[refund] = amount } }

    /// Notes an answer whose status is none of these.
    func expect(_ answer: ProbeResponse, _ statuses: Set<Int>, _ what: String) {
        note {
            if !statuses.contains(answer.status) { $0.surprises.append("\(what): \(answer.status) \(answer.text)") }
        }
    }

    private func note(_ change: (inout State) -> Void) {
        let (count, watcher) = state.withLock { state in
            change(&state)
            state.count += 1
            return (state.count, state.watcher)
        }
        watcher(count)
    }

    /// Returns what was answered and is not in the shop's rows.
    func missing(in connection: Connection) throws -> [String] {
        let (known, rows) = (state.withLock { $0 }, try PaymentCrashQueries.rows(connection))
        let orders = known.orders.values.joined().filter { !rows.orders.contains($0.number) }.map(\.number)
        let payments = known.payments.filter { !rows.payments.contains($0) }.map { "payment \($0)" }
        let paid = known.paid.filter { !rows.paid.contains($0) }.map { "paid \($0)" }
        let refunds = known.refunds.filter { rows.refunds[$0.key] != $0.value }.map { "refund \($0)" }
        return orders + payments + paid + refunds
    }
}
