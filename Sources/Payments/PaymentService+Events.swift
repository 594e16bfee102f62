import Commerce
import Messages
import Primitives
import SQL

/// What payments tell other systems.
extension PaymentService {
    /// Publishes that a refund was asked for or made.
    func publish(made refund: Refund, _ tx: Transaction) throws {
        try publish(.refundCreated, refund, tx)
        try publish(refund, from: .pending, tx)
    }

    /// Publishes that a refund has been completed, where it had not been before.
    func publish(_ refund: Refund, from before: RefundStatus, _ tx: Transaction) throws {
        guard refund.status == .completed, before != .completed else { return }
        try publish(.refundCompleted, refund, tx)
    }

    private func publish(_ topic: EventTopic, _ refund: Refund, _ tx: Transaction) throws {
        guard let currency = Currency(code: refund.currency) else { return }
        try events.publish(topic, about: EventSubject(order: refund.order), in: tx) {
            RefundBody(refund, orderNumber: try orderNumber(of: refund, in: tx), currency: currency)
        }
    }
}
