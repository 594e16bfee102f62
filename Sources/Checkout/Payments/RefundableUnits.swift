import Commerce
import Orders
import Payments
import Primitives

/// The units of an order's lines that no refund, return or cancellation has credited yet.
struct RefundableUnits {
    private let order: Order
    private var left: [OrderItemID: Int]

    /// A line of which units can be refunded.
    struct Line: Codable, Sendable {
        let orderItemID: OrderItemID
        let productName: String
        let sku: String
        /// The units that are left.
        let quantity: Int
    }

    /// Counts what is left of an order's lines after its refunds. Units that a refund put back into stock are a return, which is
    /// counted already.
    init(of order: Order, after refunds: [Refund]) {
        self.order = order
        left = Dictionary(order.items.map { ($0.id, $0.refundable) }) { first, _ in first }
        for refund in refunds where refund.status.isCounted && (!refund.restock || refund.status == .requested) {
            for item in refund.items { left[item.orderItemID]? -= item.quantity }
        }
    }

    /// The lines of which something is left.
    var lines: [Line] {
        order.items.compactMap { item in
            guard let quantity = left[item.id], quantity > 0 else { return nil }
            return Line(orderItemID: item.id, productName: item.name, sku: item.sku, quantity: quantity)
        }
    }

    /// Takes units for a refund and returns what they cost: however a line is cut, its parts add up to what was paid for it.
    ///
    /// - Throws: `ValidationError` on `items` where a line is not the order's or has fewer units left, `OutOfRange`.
    mutating func take(_ items: [Refund.Item]) throws -> Money {
        var total = Money.zero
        let errors = try items.map { item -> FieldErrors in
            guard let line = order.items.first(where: { $0.id == item.orderItemID }) else {
                return .members([
                    "order_item_id": .messages(["Invalid pk \"\(item.orderItemID)\" - object does not exist."])
                ])
            }
            let most = max(0, left[line.id] ?? 0)
            guard item.quantity <= most else {
                return .members(["quantity": .messages(["Only \(most) can be refunded."])])
            }
            left[line.id] = most - item.quantity
            let taken = line.quantity - most
            try total +=
                line.worth(of: taken + item.quantity, isTaxInclusive: order.isTaxInclusive)
                - line.worth(of: taken, isTaxInclusive: order.isTaxInclusive)
            return .members([:])
        }
        guard errors.allSatisfy(\.isEmpty) else { throw ValidationError(.members(["items": .elements(errors)])) }
        return total
    }
}
