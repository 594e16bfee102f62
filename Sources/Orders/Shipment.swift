import Commerce
import Primitives
import SQL

/// What left the shop for an order in one parcel.
public struct Shipment: Sendable, Hashable {
    /// So many of one line.
    public struct Part: Sendable, Hashable {
        public let item: OrderItemID
        public let quantity: Int
    }

    public let id: ShipmentID
    public let carrier: String
    public let trackingNumber: String
    public let note: String
    public let createdAt: Timestamp
    public internal(set) var deliveredAt: Timestamp?
    public internal(set) var parts: [Part]
}

/// A parcel before it has a row.
public struct ShipmentDraft: Sendable {
    /// What goes into it; nil for all that is left to ship.
    public let parts: [Shipment.Part]?
    public let carrier: String
    /// Nil leaves those of the order as they are.
    public let trackingNumber: String?
    public let note: String

    public init(parts: [Shipment.Part]? = nil, carrier: String = "", trackingNumber: String? = nil, note: String = "") {
        self.parts = parts
        self.carrier = carrier
        self.trackingNumber = trackingNumber
        self.note = note
    }
}

extension Shipment.Part {
    public init(_ item: OrderItemID, quantity: Int) {
        self.item = item
        self.quantity = quantity
    }
}

extension OrderItem {
    /// How many have not left yet; none before the order is taken on, or once it is cancelled.
    public var unshipped: Int { status == .processing ? quantity - shipped : 0 }
}

extension Order {
    /// What `draft` would put into a parcel.
    ///
    /// - Throws: `OrderError.invalidTransition` where nothing of the order can ship, `ValidationError` on `items` where a
    ///   line has not so many left.
    func parts(of draft: ShipmentDraft) throws -> [Shipment.Part] {
        let left = items.filter { $0.unshipped > 0 }
        guard !left.isEmpty else {
            throw OrderError.invalidTransition(from: status, to: .shipped, allowed: allowed)
        }
        guard let wanted = draft.parts else { return left.map { Shipment.Part($0.id, quantity: $0.unshipped) } }
        let errors = wanted.map { part -> FieldErrors in
            guard let item = items.first(where: { $0.id == part.item }) else {
                return .members(["order_item_id": .messages(["Invalid pk \"\(part.item)\" - object does not exist."])])
            }
            if part.quantity <= item.unshipped { return .members([:]) }
            return .members(["quantity": .messages(["Only \(item.unshipped) are left to ship."])])
        }
        guard errors.allSatisfy(\.isEmpty) else { throw ValidationError(.members(["items": .elements(errors)])) }
        return wanted
    }
}
