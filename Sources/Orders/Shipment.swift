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
    public var unshipped: Int { status == .processing ? live - shipped : 0 }
}

extension Order {
    /// What `draft` would put into a parcel.
    ///
    /// - Throws: `OrderError.invalidTransition` where nothing of the order can ship, `ValidationError` on `items` where a
    ///   line has not so many left.
    func parts(of draft: ShipmentDraft) throws -> [Shipment.Part] {
        try parts(draft.parts, for: .shipped, "are left to ship") { $0.unshipped }
    }

    /// Those of `wanted`, or all, of which each line has so many `left`.
    ///
    /// - Throws: `OrderError.invalidTransition` to `status` where no line has any left, `ValidationError` on `items` where one
    ///   has not so many; `verb` says for what.
    func parts(
        _ wanted: [Shipment.Part]?, for status: OrderStatus, _ verb: String, left: (OrderItem) -> Int
    ) throws -> [Shipment.Part] {
        guard items.contains(where: { left($0) > 0 }) else {
            throw OrderError.invalidTransition(from: self.status, to: status, allowed: allowed)
        }
        guard let wanted else {
            return items.filter { left($0) > 0 }.map { Shipment.Part($0.id, quantity: left($0)) }
        }
        let errors = wanted.map { part -> FieldErrors in
            guard let item = items.first(where: { $0.id == part.item }) else {
                return .members(["order_item_id": .messages(["Invalid pk \"\(part.item)\" - object does not exist."])])
            }
            if part.quantity <= left(item) { return .members([:]) }
            return .members(["quantity": .messages(["Only \(left(item)) \(verb)."])])
        }
        guard errors.allSatisfy(\.isEmpty) else { throw ValidationError(.members(["items": .elements(errors)])) }
        return wanted
    }
}
