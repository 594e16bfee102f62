import Commerce
import Primitives
import SQL

/// An order as it was placed, with everything that happened to it since.
public struct Order: Sendable {
    /// The primary key.
    public let id: OrderID
    /// The number that customers see: ten capitals and digits, a letter first, unguessable.
    public let number: String
    /// The customer; nil for a guest, and where the user was erased.
    public let user: UserID?
    /// The address that mail about the order goes to; empty where the customer was erased.
    public let email: String
    /// Hexadecimal SHA-256 of the token that opens a guest's order; empty for a user's.
    let accessTokenHash: String
    /// The status that follows from those of the items.
    public internal(set) var status: OrderStatus
    /// The state of its payment, which moves independently of ``status``.
    public internal(set) var paymentStatus: PaymentStatus
    /// The method that the customer chose.
    public let paymentMethod: PaymentMethod
    /// The ISO 4217 code in which all its amounts are counted.
    public let currency: String
    /// The sum of the lines before discount, in minor units.
    public internal(set) var subtotal: Money
    /// The sum of the lines' discounts, in minor units.
    public internal(set) var discount: Money
    /// The price of shipping, in minor units; the discount does not touch it.
    public let shipping: Money
    /// All taxes, in minor units: a part of ``total`` where prices include tax, otherwise added to it.
    public internal(set) var tax: Money
    /// The amount to pay, in minor units.
    public internal(set) var total: Money
    /// Whether prices include their tax.
    public let isTaxInclusive: Bool
    /// The taxes by rate.
    public internal(set) var taxLines: [TaxLine]
    /// The code of the coupon that was used; empty without one.
    public let couponCode: String
    /// The code of the shipping method; empty where nothing is shipped by one.
    public let shippingMethod: String
    /// The address that parcels go to, as it was when the order was placed.
    public let shippingAddress: PostalAddress
    /// The address on invoices, as it was when the order was placed.
    public let billingAddress: PostalAddress
    /// The customer's remarks; may be empty.
    public let notes: String
    /// The tracking number of the latest parcel; empty before one is known.
    public internal(set) var trackingNumber: String
    /// The moment at which it is canceled if it is still unpaid, in UTC; nil where it waits for no payment.
    public internal(set) var expiresAt: Timestamp?
    /// The moment at which it was placed, in UTC.
    public let createdAt: Timestamp
    /// The moment of the last change, in UTC.
    public internal(set) var updatedAt: Timestamp
    /// The lines in the order in which they were placed.
    public internal(set) var items: [OrderItem]
    /// The history, oldest first; empty in lists.
    public internal(set) var events: [OrderEvent]
    /// The parcels, oldest first; empty in lists.
    public internal(set) var shipments: [Shipment] = []

    /// The statuses that it may take next.
    public var allowed: Set<OrderStatus> {
        if isOnHold { return [.processing] }
        let allowed = OrderStatus.allowed(from: items.map(\.status))
        return items.contains { $0.shipped > 0 } ? allowed.subtracting([.cancelled]) : allowed
    }
}

/// A line of an order, with the product's data as they were when it was placed.
public struct OrderItem: Sendable, Hashable {
    /// The primary key.
    public let id: OrderItemID
    /// The product or variant that was ordered.
    public let sellable: SellableID
    /// The product's name when the order was placed.
    public let name: String
    /// The SKU when the order was placed.
    public let sku: String
    /// The variant's options when the order was placed; empty for a product without variants.
    public let options: [VariantOption]
    /// The vendor when the order was placed; nil for the shop's own goods.
    public let vendor: VendorID?
    /// The code of the tax class when the order was placed.
    public let taxClass: String
    /// The units ordered, those canceled since included.
    public internal(set) var quantity: Int
    /// The price of one unit, in minor units.
    public let price: Money
    /// The price of all units before the discount, in minor units.
    public internal(set) var subtotal: Money
    /// The line's share of the discount, in minor units.
    public internal(set) var discount: Money
    /// The tax on the line, in minor units, after its discount.
    public internal(set) var tax: Money
    /// The status of the line as a whole; a line ships once its last live unit has.
    public internal(set) var status: OrderStatus
    /// The tracking number of the latest parcel with units of this line; empty before one is known.
    public internal(set) var trackingNumber: String
    /// The rate by which it was taxed; nil where it was not, and on orders from before rates were stored.
    public internal(set) var taxRate: TaxRate?
    /// The units that have left in parcels.
    public internal(set) var shipped = 0
    /// The units of parcels that have arrived.
    public internal(set) var delivered = 0
    /// The units on their way back, or back; those of refused returns do not count.
    public internal(set) var returned = 0
    /// The units canceled before they left.
    public internal(set) var cancelled = 0
    /// The units, canceled or returned, that have been credited.
    public internal(set) var refunded = 0

    /// The units that have left or are still to leave.
    public var live: Int { quantity - cancelled }
}

/// An entry of an order's history.
public struct OrderEvent: Sendable, Hashable {
    /// The order's status from then on.
    public let status: OrderStatus
    /// The payment's status from then on.
    public let paymentStatus: PaymentStatus
    /// The party that made the change.
    public let actor: OrderActor
    /// The remark on the change; may be empty.
    public let note: String
    /// The moment of the change, in UTC.
    public let createdAt: Timestamp
}

/// The party that changes an order.
public enum OrderActor: Sendable, Hashable {
    /// Nil for a guest.
    case customer(UserID?)
    case staff(UserID)
    /// The owner of a vendor whose goods are in the order.
    case vendor(UserID)
    case system

    enum Kind: String, SQLConvertible {
        case customer
        case staff
        case vendor
        case system
    }

    var kind: Kind {
        switch self {
        case .customer: .customer
        case .staff: .staff
        case .vendor: .vendor
        case .system: .system
        }
    }

    var user: UserID? {
        switch self {
        case .customer(let id): id
        case .staff(let id), .vendor(let id): id
        case .system: nil
        }
    }

    init(_ kind: Kind, _ user: UserID?) {
        switch (kind, user) {
        case (.customer, _): self = .customer(user)
        case (.staff, let user?): self = .staff(user)
        case (.vendor, let user?): self = .vendor(user)
        case (.staff, nil), (.vendor, nil), (.system, _): self = .system
        }
    }
}

/// The name that a URL gives an order: its id, or its number, which begins with a letter.
public enum OrderReference: Sendable, Hashable {
    case id(OrderID)
    case number(String)

    /// Parses a positive whole number as an id and everything else as an order number, in upper case.
    public init(_ text: String) {
        if let number = Int64(text), number > 0 {
            self = .id(OrderID(number))
        } else {
            self = .number(text.uppercased())
        }
    }

    var condition: Query {
        switch self {
        case .id(let id): "id = \(id)"
        case .number(let number): "order_number = \(number)"
        }
    }
}
