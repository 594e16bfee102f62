import Commerce
import SQL

/// What the shop tells other systems of, each by a word of two parts: what it is about, and what became of it.
public enum EventTopic: String, WireEnum {
    case orderCreated = "order.created"
    case orderPaid = "order.paid"
    case orderShipped = "order.shipped"
    case orderDelivered = "order.delivered"
    case orderCancelled = "order.cancelled"
    case refundCreated = "refund.created"
    case refundCompleted = "refund.completed"
    case returnRequested = "return.requested"
    case returnApproved = "return.approved"
    case returnReceived = "return.received"
    case productCreated = "product.created"
    case productUpdated = "product.updated"
    case productDeleted = "product.deleted"
    case stockLow = "stock.low"
    case stockOut = "stock.out"
    case vendorApproved = "vendor.approved"
    case customerCreated = "customer.created"
    case reviewCreated = "review.created"
    /// Sent to one receiver when staff try it out; nobody can ask for it.
    case webhookTest = "webhook.test"
}

/// The person and the order that an event tells of: what tells of somebody is cleared when they are erased.
public struct EventSubject: Sendable, Hashable {
    /// The user whom it names; nil for nobody, and for a guest.
    public let user: UserID?
    /// The order whose data it holds; nil for none.
    public let order: OrderID?

    /// Names the user and the order that an event tells of.
    public init(user: UserID? = nil, order: OrderID? = nil) {
        self.user = user
        self.order = order
    }
}
