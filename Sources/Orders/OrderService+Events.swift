import Commerce
import Messages
import Primitives
import SQL

/// What orders tell other systems.
extension OrderService {
    /// Publishes that an order was placed; one that costs nothing is paid with that.
    func publish(placed order: Order, _ tx: Transaction) throws {
        try publish(order.paymentStatus.isSettled ? [.orderCreated, .orderPaid] : [.orderCreated], order, tx)
    }

    /// Publishes what a change has made of an order.
    func publish(_ moved: Order, from order: Order, _ tx: Transaction) throws {
        var topics: [EventTopic] = []
        if moved.paymentStatus.isSettled, !order.paymentStatus.isSettled { topics.append(.orderPaid) }
        if moved.status != order.status, let topic = moved.status.topic { topics.append(topic) }
        if !topics.isEmpty { try publish(topics, moved, tx) }
    }

    private func publish(_ topics: [EventTopic], _ order: Order, _ tx: Transaction) throws {
        try events.publish(topics, about: EventSubject(user: order.user, order: order.id), in: tx) {
            OrderBody(order, currency: currency, forStaff: true)
        }
    }

    /// Publishes what has become of a return.
    func publish(_ topic: EventTopic, _ back: Return, of order: Order, _ tx: Transaction) throws {
        try events.publish(topic, about: EventSubject(user: order.user, order: order.id), in: tx) {
            ReturnBody(back, currency: Currency(code: order.currency) ?? currency)
        }
    }
}

extension OrderStatus {
    fileprivate var topic: EventTopic? {
        switch self {
        case .shipped: .orderShipped
        case .delivered: .orderDelivered
        case .cancelled: .orderCancelled
        case .pending, .processing: nil
        }
    }
}
