import Commerce
import HTTPTypes
import Orders
import SQL
import Web

/// The endpoints by which staff send parcels and record their arrival.
public struct ShipmentRoutes: Sendable {
    let database: any Database
    let checkout: CheckoutService

    /// Creates the endpoints over `checkout`.
    public init(database: any Database, checkout: CheckoutService) {
        self.database = database
        self.checkout = checkout
    }

    /// The endpoints that send parcels and note their delivery.
    public var group: EndpointGroup {
        EndpointGroup(
            "Shipments", "What leaves of an order.",
            [
                Endpoint(
                    .post, "/api/admin/orders/{order}/shipments/",
                    "Sends a parcel with a part of an order, or all that is left.", access: CheckoutRoutes.access,
                    status: .created, in: database, use: ship
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .put, "/api/admin/orders/{order}/shipments/{shipment_id}/deliver/",
                    "Notes that a parcel has arrived.", access: CheckoutRoutes.access, in: database, use: deliver
                ).refusing(.notFound, .conflict),
            ])
    }

    private func ship(_ call: APIRequest, _ input: ShipmentInput, _ tx: Transaction) throws -> ShipmentBody {
        let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
        try checkout.recordBefore(order, call)
        let shipped = try checkout.ship(order, input.draft, by: .staff(call.caller().userID), in: tx)
        return ShipmentBody(shipped.shipment, of: shipped.order)
    }

    private func deliver(_ call: APIRequest, _ input: DeliveryInput, _ tx: Transaction) throws -> ShipmentBody {
        let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
        let id = try call.id("shipment_id", as: ShipmentID.self)
        try checkout.recordBefore(order, call)
        let moved = try checkout.deliver(order, id, by: .staff(call.caller().userID), note: input.note, in: tx)
        guard let shipment = moved.shipments.first(where: { $0.id == id }) else { throw NotFound() }
        return ShipmentBody(shipment, of: moved)
    }
}

/// A parcel to send.
struct ShipmentInput: Input {
    /// A number of units of one line.
    struct Part: Input {
        let part: Shipment.Part

        init(_ fields: Fields) {
            part = Shipment.Part(fields.id("order_item_id"), quantity: fields.integer("quantity", in: 1...1_000_000))
        }
    }

    let draft: ShipmentDraft

    init(_ fields: Fields) {
        let parts = fields.list("items", of: Part.self, limit: 200).map(\.part)
        if Set(parts.map(\.item)).count < parts.count { fields.fail("items", "Each line may stand only once.") }
        draft = ShipmentDraft(
            parts: parts.isEmpty ? nil : parts, carrier: fields.string("carrier", .optional(""), length: 0...100),
            trackingNumber: fields.optionalString("tracking_number", length: 0...100),
            note: fields.string("note", .optional(""), length: 0...500))
    }
}

/// A parcel that has arrived.
struct DeliveryInput: Input {
    let note: String

    init(_ fields: Fields) {
        note = fields.string("note", .optional(""), length: 0...500)
    }
}
