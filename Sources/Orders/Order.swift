import Commerce
import Primitives
import SQL

/// An order as it was placed, with all that has become of it.
public struct Order: Sendable {
    public let id: OrderID
    public let number: String
    /// Nil for a guest's, and where the user was erased.
    public let user: UserID?
    public let email: String
    /// Hexadecimal SHA-256 of the token that opens a guest's order; empty for a user's.
    let accessTokenHash: String
    public internal(set) var status: OrderStatus
    public internal(set) var paymentStatus: PaymentStatus
    public let paymentMethod: PaymentMethod
    /// ISO 4217.
    public let currency: String
    public internal(set) var subtotal: Money
    public internal(set) var discount: Money
    public let shipping: Money
    public internal(set) var tax: Money
    public internal(set) var total: Money
    public let isTaxInclusive: Bool
    public internal(set) var taxLines: [TaxLine]
    public let couponCode: String
    public let shippingMethod: String
    public let shippingAddress: PostalAddress
    public let billingAddress: PostalAddress
    public let notes: String
    public internal(set) var trackingNumber: String
    /// When it is cancelled if it is still unpaid; nil where it waits for no payment.
    public internal(set) var expiresAt: Timestamp?
    public let createdAt: Timestamp
    public internal(set) var updatedAt: Timestamp
    public internal(set) var items: [OrderItem]
    /// Its history; empty in lists.
    public internal(set) var events: [OrderEvent]
    /// Its parcels; empty in lists.
    public internal(set) var shipments: [Shipment] = []

    /// What it may become.
    public var allowed: Set<OrderStatus> {
        if isParked { return [.processing] }
        let allowed = OrderStatus.allowed(from: items.map(\.status))
        return items.contains { $0.shipped > 0 } ? allowed.subtracting([.cancelled]) : allowed
    }
}

/// A line of an order.
public struct OrderItem: Sendable, Hashable {
    public let id: OrderItemID
    public let sellable: SellableID
    public let name: String
    public let sku: String
    public let options: [VariantOption]
    public let vendor: VendorID?
    public let taxClass: String
    /// As many as were ordered.
    public internal(set) var quantity: Int
    /// Of one.
    public let price: Money
    /// Before the discount.
    public internal(set) var subtotal: Money
    public internal(set) var discount: Money
    public internal(set) var tax: Money
    public internal(set) var status: OrderStatus
    public internal(set) var trackingNumber: String
    /// What it was taxed at; nil for nothing, and on orders from before it was kept.
    public internal(set) var taxRate: TaxRate?
    public internal(set) var shipped = 0
    public internal(set) var delivered = 0
    /// On their way back, or back; what was refused does not count.
    public internal(set) var returned = 0
    /// How many will never leave: they were cancelled before.
    public internal(set) var cancelled = 0
    /// Of those cancelled or returned, how many have been counted into what the order comes to.
    public internal(set) var refunded = 0

    /// How many have left or still are to.
    public var live: Int { quantity - cancelled }
}

/// A change of an order's status.
public struct OrderEvent: Sendable, Hashable {
    public let status: OrderStatus
    public let paymentStatus: PaymentStatus
    public let actor: OrderActor
    public let note: String
    public let createdAt: Timestamp
}

/// Who changes an order.
public enum OrderActor: Sendable, Hashable {
    /// Nil for a guest.
    case customer(UserID?)
    case staff(UserID)
    case system

    enum Kind: String, SQLConvertible {
        case customer
        case staff
        case system
    }

    var kind: Kind {
        switch self {
        case .customer: .customer
        case .staff: .staff
        case .system: .system
        }
    }

    var user: UserID? {
        switch self {
        case .customer(let id): id
        case .staff(let id): id
        case .system: nil
        }
    }

    init(_ kind: Kind, _ user: UserID?) {
        switch (kind, user) {
        case (.customer, _): self = .customer(user)
        case (.staff, let user?): self = .staff(user)
        case (.staff, nil), (.system, _): self = .system
        }
    }
}

/// What a URL names an order by: its id, or its number, which holds a letter.
public enum OrderReference: Sendable, Hashable {
    case id(OrderID)
    case number(String)

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
