import Commerce
import Primitives
import SQL

/// A parcel that left the shop for an order.
public struct Shipment: Sendable, Hashable {
    /// A number of units of one line.
    public struct Part: Sendable, Hashable {
        /// The line of the order.
        public let item: OrderItemID
        /// The number of units.
        public let quantity: Int
    }

    /// The primary key.
    public let id: ShipmentID
    /// The name of the carrier; may be empty.
    public let carrier: String
    /// The carrier's tracking number; empty where there is none.
    public let trackingNumber: String
    /// The remark of staff; may be empty.
    public let note: String
    /// The moment at which it left, in UTC.
    public let createdAt: Timestamp
    /// The moment at which it arrived, in UTC; nil while it is under way.
    public internal(set) var deliveredAt: Timestamp?
    /// The contents, one part for each line.
    public internal(set) var parts: [Part]
}

/// A parcel to send, before it has a row.
public struct ShipmentDraft: Sendable {
    /// The contents; nil for all units that are left to ship.
    public let parts: [Shipment.Part]?
    /// The name of the carrier; may be empty.
    public let carrier: String
    /// The carrier's tracking number; nil leaves those of the order as they are.
    public let trackingNumber: String?
    /// The remark of staff, which becomes part of the history; may be empty.
    public let note: String

    /// Drafts a parcel of `parts`, or of all units that are left to ship.
    public init(parts: [Shipment.Part]? = nil, carrier: String = "", trackingNumber: String? = nil, note: String = "") {
        self.parts = parts
        self.carrier = carrier
        self.trackingNumber = trackingNumber
        self.note = note
    }
}

extension Shipment.Part {
    /// Names `quantity` units of `item`.
    public init(_ item: OrderItemID, quantity: Int) {
        self.item = item
        self.quantity = quantity
    }
}

extension OrderItem {
    /// The units that have not left yet; 0 before the order is taken on, or once it is canceled.
    public var unshipped: Int { status == .processing ? live - shipped : 0 }
}

extension Order {
    /// Returns the contents of the parcel that `draft` describes.
    ///
    /// - Throws: `OrderError.invalidTransition` where nothing of the order can ship, `ValidationError` on `items` where
    ///   a line has fewer units left.
    func parts(of draft: ShipmentDraft) throws -> [Shipment.Part] {
        try parts(draft.parts, for: .shipped, "are left to ship") { $0.unshipped }
    }

    /// Returns `wanted`, or all that is `left` of each line. `verb` completes the message of a refusal.
    ///
    /// - Throws: `OrderError.invalidTransition` to `status` where no line has units left, `ValidationError` on `items`
    ///   where one has fewer.
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
