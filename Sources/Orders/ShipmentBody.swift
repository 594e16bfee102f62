import Commerce
import Primitives
import Web

/// A parcel of an order, as responses show it.
public struct ShipmentBody: ResponseBody {
    struct Part: Codable, Sendable {
        let orderItemID: OrderItemID
        let quantity: Int
    }

    let id: ShipmentID
    /// `shipped` or `delivered`.
    let status: OrderStatus
    let carrier: String
    let trackingNumber: String
    let items: [Part]
    let createdAt: Timestamp
    let deliveredAt: Timestamp?

    /// Shows a parcel; it is `delivered` as soon as its row has a time of delivery.
    public init(_ shipment: Shipment) {
        id = shipment.id
        status = shipment.deliveredAt == nil ? .shipped : .delivered
        carrier = shipment.carrier
        trackingNumber = shipment.trackingNumber
        items = shipment.parts.map { Part(orderItemID: $0.item, quantity: $0.quantity) }
        createdAt = shipment.createdAt
        deliveredAt = shipment.deliveredAt
    }
}
