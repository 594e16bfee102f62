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
        return try await flow.database.read { connection in
            let refund = try find(id, connection)
            guard let order = try flow.orders.find(.id(refund.order), in: connection) else { throw NotFound() }
            let back = try refund.returnID.flatMap { try flow.orders.back($0, in: connection) }
            return Self.units(of: refund, back).compactMap { unit -> RefundedGoodsBody? in
                guard let line = order.items.first(where: { $0.id == unit.orderItemID }) else { return nil }
                return RefundedGoodsBody(line, quantity: unit.quantity, back)
            }
        }
    }

    /// What a refund names goes before what its return is of: it may be for less.
    private static func units(of refund: Refund, _ back: Return?) -> [Refund.Item] {
        guard refund.items.isEmpty else { return refund.items }
        return (back?.parts ?? []).filter { $0.received > 0 }.map { Refund.Item($0.item, quantity: $0.received) }
    }

    private func listPapers(_ call: APIRequest, _: NoInput) async throws -> [OrderPaperBody] {
        let id = try call.id("id", as: RefundID.self)
        return try await flow.database.read { connection in
            let refund = try find(id, connection)
            // What staff refund beside a return or a cancellation has no credit note.
            guard refund.returnID != nil || refund.origin == .system else { return [] }
            return try flow.orders.papers(of: refund.order, in: connection)
                .filter { $0.isCreditNote && $0.returnID == refund.returnID }.map(OrderPaperBody.init)
        }
    }

    private func find(_ id: RefundID, _ connection: Connection) throws -> Refund {
        guard let refund = try flow.payments.refund(id, in: connection) else { throw NotFound() }
        return refund
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
