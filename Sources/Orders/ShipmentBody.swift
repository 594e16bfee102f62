import Commerce
import Primitives
import Web

/// A parcel of an order, as responses show it.
public struct ShipmentBody: ResponseBody {
    struct Part: Codable, Sendable {
        let orderItemID: OrderItemID
        let productName: String
        let sku: String
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

    /// Shows a parcel of an order; it is `delivered` as soon as its row has a time of delivery.
    public init(_ shipment: Shipment, of order: Order) {
        id = shipment.id
        status = shipment.deliveredAt == nil ? .shipped : .delivered
        carrier = shipment.carrier
        trackingNumber = shipment.trackingNumber
        items = shipment.parts.map { part in
            let item = order.items.first { $0.id == part.item }
            return Part(
                orderItemID: part.item, productName: item?.name ?? "", sku: item?.sku ?? "", quantity: part.quantity)
        }
        createdAt = shipment.createdAt
        deliveredAt = shipment.deliveredAt
    }
}
