import Commerce
import Jobs
import Messages
import Orders
import Primitives
import SQL

/// The payload of the job that cancels an order that is not paid in time.
struct ExpireOrder: JobPayload {
    static let kind = "checkout.expire_order"

    let orderID: OrderID
}

extension CheckoutService {
    /// Enqueues a mail to a customer; one who was erased no longer has an address.
    func tell(_ mail: MailJob, _ tx: Transaction) throws {
        guard !mail.recipient.isEmpty else { return }
        try jobs.enqueue(mail, in: tx)
    }

    /// The handlers of the jobs that belong to checkout.
    public var jobHandlers: [JobHandler] {
        [.transactional(ExpireOrder.self) { job, tx in try expire(job.orderID, in: tx) }]
    }
}

extension MailJob {
    /// Tells the customer what was ordered.
    static func confirmation(of order: Order, _ currency: Currency) -> MailJob {
        let text = { (amount: Money) in JSONValue.string(currency.text(amount)) }
        let items = order.items.map { item in
            JSONValue.object([
                "product_name": .string(item.name), "sku": .string(item.sku),
                "quantity": .number(String(item.quantity)),
                "price": text(item.price), "subtotal": text(item.subtotal),
            ])
        }
        return MailJob(
            template: "order_confirmation", to: order.email, userID: order.user, about: order.id,
            context: .object([
                "order_number": .string(order.number), "items": .array(items), "subtotal": text(order.subtotal),
                "discount_amount": order.discount == .zero ? .null : text(order.discount),
                "shipping_cost": text(order.shipping), "tax": text(order.tax), "total": text(order.total),
                "currency": .string(currency.code), "payment_method": .string(order.paymentMethod.rawValue),
                "shipping_address": order.shippingAddress.json,
            ]))
    }

    /// Tells the customer that a parcel is on its way, and what is in it.
    static func shipment(_ shipment: Shipment, of order: Order) -> MailJob {
        MailJob(
            template: "shipping_update", to: order.email, userID: order.user, about: order.id,
            context: .object([
                "order_number": .string(order.number), "items": .array(items(shipment.parts, of: order)),
                "carrier": shipment.carrier.isEmpty ? .null : .string(shipment.carrier),
                "tracking_number": shipment.trackingNumber.isEmpty ? .null : .string(shipment.trackingNumber),
                "is_complete": .bool(order.items.allSatisfy { $0.unshipped == 0 }),
            ]))
    }

    /// Tells the customer that the order has arrived.
    static func delivery(of order: Order) -> MailJob {
        MailJob(
            template: "order_delivered", to: order.email, userID: order.user, about: order.id,
            context: .object([
                "order_number": .string(order.number),
                "items": .array(order.items.filter { $0.live > 0 }.map { item($0, quantity: $0.live) }),
            ]))
    }

    /// Tells the customer what becomes of a return.
    static func change(of found: Return, in order: Order, note: String) -> MailJob {
        let goods = found.parts.compactMap { part in
            order.items.first { $0.id == part.item }.map { item($0, quantity: part.quantity) }
        }
        return MailJob(
            template: "return_" + found.status.rawValue, to: order.email, userID: order.user, about: order.id,
            context: .object([
                "order_number": .string(order.number), "items": .array(goods),
                "note": note.isEmpty ? .null : .string(note),
            ]))
    }

    /// Tells the customer that the money has come; `is_parked` where the order is canceled and so cannot be paid any
    /// more.
    static func payment(of order: Order, _ currency: Currency) -> MailJob {
        MailJob(
            template: "payment_received", to: order.email, userID: order.user, about: order.id,
            context: .object([
                "order_number": .string(order.number), "total": .string(currency.text(order.total)),
                "currency": .string(currency.code), "is_parked": .bool(order.status == .cancelled),
            ]))
    }

    /// Tells the customer that a part of the order is canceled; `is_paid` where money has to be refunded.
    static func cancellation(of parts: [Shipment.Part], in order: Order, reason: String) -> MailJob {
        MailJob(
            template: "order_items_cancelled", to: order.email, userID: order.user, about: order.id,
            context: .object([
                "order_number": .string(order.number), "items": .array(items(parts, of: order)),
                "reason": reason.isEmpty ? .null : .string(reason),
                "is_paid": .bool(order.paymentStatus == .paid && order.total > .zero),
            ]))
    }

    private static func items(_ parts: [Shipment.Part], of order: Order) -> [JSONValue] {
        parts.compactMap { part in
            order.items.first { $0.id == part.item }.map { item($0, quantity: part.quantity) }
        }
    }

    private static func item(_ item: OrderItem, quantity: Int) -> JSONValue {
        .object([
            "product_name": .string(item.name), "sku": .string(item.sku), "quantity": .number(String(quantity)),
        ])
    }

    /// Tells the customer that the order is canceled; `is_paid` where money has to be refunded.
    static func cancellation(of order: Order, reason: String) -> MailJob {
        MailJob(
            template: "order_cancelled", to: order.email, userID: order.user, about: order.id,
            context: .object([
                "order_number": .string(order.number), "reason": reason.isEmpty ? .null : .string(reason),
                "is_paid": .bool(order.paymentStatus == .paid && order.total > .zero),
            ]))
    }
}

extension PostalAddress {
    fileprivate var json: JSONValue {
        .object([
            "full_name": .string(fullName), "phone_number": .string(phoneNumber),
            "address_line1": .string(addressLine1),
            "address_line2": .string(addressLine2), "city": .string(city), "state": .string(state),
            "postal_code": .string(postalCode), "country": .string(country),
        ])
    }
}
