import Commerce
import HTTPTypes
import Orders
import Payments
import SQL
import Web

/// The endpoints that show staff what a refund is for, and the credit notes that go with it.
struct RefundGoodsRoutes: Sendable {
    private static let access = Access.staff("payments.view")

    let flow: PaymentFlow

    var group: EndpointGroup {
        EndpointGroup(
            "Payments",
            [
                Endpoint(
                    .get, "/api/admin/refunds/{id}/goods/",
                    "Lists the goods that a refund is for: those that it names, or those of its return or cancellation.",
                    access: Self.access, use: listGoods
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/refunds/{id}/papers/",
                    "Lists the credit notes over what a refund pays back: of its return or cancellation, or of the order.",
                    access: Self.access, use: listPapers
                ).refusing(.notFound),
            ])
    }

    private func listGoods(_ call: APIRequest, _: NoInput) async throws -> [RefundedGoodsBody] {
        let id = try call.id("id", as: RefundID.self)
        let found = try await flow.database.read { try matter(of: id, $0) }
        return found.units.compactMap { unit -> RefundedGoodsBody? in
            guard let line = found.order.items.first(where: { $0.id == unit.orderItemID }) else { return nil }
            return RefundedGoodsBody(line, quantity: unit.quantity, found.back)
        }
    }

    private func listPapers(_ call: APIRequest, _: NoInput) async throws -> [OrderPaperBody] {
        let id = try call.id("id", as: RefundID.self)
        return try await flow.database.read { connection in
            let found = try matter(of: id, connection)
            // What staff refund beside a return or a cancellation has no credit note.
            guard found.back != nil || found.isOfWhole else { return [] }
            return try flow.orders.papers(of: found.order.id, in: connection)
                .filter { $0.isCreditNote && $0.returnID == found.back?.id }.map(OrderPaperBody.init)
        }
    }

    /// What a refund is about.
    private struct Matter: Sendable {
        let refund: Refund
        let order: Order
        /// The return or cancellation that it pays for.
        let back: Return?
        /// Whether it pays an order back that was canceled as a whole.
        let isOfWhole: Bool

        /// The units of each line. What a refund names goes before what its return is of: it may be for less.
        var units: [Refund.Item] {
            if !refund.items.isEmpty { return refund.items }
            if let back {
                return back.parts.filter { $0.received > 0 }.map { Refund.Item($0.item, quantity: $0.received) }
            }
            return isOfWhole ? order.items.filter { $0.live > 0 }.map { Refund.Item($0.id, quantity: $0.live) } : []
        }
    }

    private func matter(of id: RefundID, _ connection: Connection) throws -> Matter {
        guard let refund = try flow.payments.refund(id, in: connection),
            let order = try flow.orders.find(.id(refund.order), in: connection)
        else { throw NotFound() }
        let back = try refund.returnID.flatMap { try flow.orders.back($0, in: connection) }
        return Matter(
            refund: refund, order: order, back: back,
            isOfWhole: try back == nil && paysBack(refund, order, connection))
    }

    /// Whether a refund is owed since its order was canceled: not what had come beside what was due.
    private func paysBack(_ refund: Refund, _ order: Order, _ connection: Connection) throws -> Bool {
        guard refund.origin == .system, let end = order.cancelledAt, refund.createdAt >= end else { return false }
        let payment = try flow.payments.payments(of: order.id, in: connection).first { $0.id == refund.payment }
        return payment?.isSurplus == false
    }
}

/// Units of a line that a refund is for.
struct RefundedGoodsBody: ResponseBody {
    let orderItemID: OrderItemID
    let productID: ProductID
    let productName: String
    let sku: String
    let quantity: Int
    /// The return by which they came back; null where they did not.
    let returnID: ReturnID?
    /// The cancellation that took them off the order; null where none did.
    let cancellationID: ReturnID?

    init(_ line: OrderItem, quantity: Int, _ back: Return?) {
        orderItemID = line.id
        productID = line.sellable.product
        productName = line.name
        sku = line.sku
        self.quantity = quantity
        returnID = back?.kind == .goods ? back?.id : nil
        cancellationID = back?.kind == .cancellation ? back?.id : nil
    }
}
