import Commerce
import Primitives
import Web

/// The part of an order that one vendor sells and ships.
public struct VendorOrder: Sendable {
    /// The primary key of the whole order.
    public let id: OrderID
    /// The number that customers see.
    public let number: String
    /// The ISO 4217 code in which its amounts are counted.
    public let currency: String
    /// The address that the parcel goes to.
    public let shippingAddress: PostalAddress
    /// The carrier of the part's latest parcel; empty before one is known.
    public internal(set) var carrier: String
    /// The moment at which it was placed, in UTC.
    public let createdAt: Timestamp
    /// The vendor's lines.
    public internal(set) var items: [OrderItem]

    /// The status that follows from the vendor's lines alone.
    public var status: OrderStatus { .derived(from: items.map(\.status)) }

    /// The tracking number of the latest parcel that has one; empty before.
    public var trackingNumber: String { items.last { !$0.trackingNumber.isEmpty }?.trackingNumber ?? "" }
}

extension VendorOrder {
    /// Whether somebody has to know where it goes.
    fileprivate var isUnderWay: Bool { status == .processing || status == .shipped }
}

extension PostalAddress {
    /// The place without the person.
    fileprivate var region: PostalAddress {
        var region = self
        (region.fullName, region.phoneNumber, region.addressLine1, region.addressLine2) = ("", "", "", "")
        return region
    }
}

extension Order {
    /// Returns the part of a vendor; nil where the order holds nothing of them.
    public func part(of vendor: VendorID) -> VendorOrder? {
        let own = items.filter { $0.vendor == vendor }
        guard !own.isEmpty else { return nil }
        let ids = Set(own.map(\.id))
        let parcel = shipments.last { $0.parts.contains { ids.contains($0.item) } }
        return VendorOrder(
            id: id, number: number, currency: currency, shippingAddress: shippingAddress,
            carrier: parcel?.carrier ?? "", createdAt: createdAt, items: own)
    }

    /// Returns the parcels under way that hold nothing but a vendor's goods.
    public func parcelsUnderWay(of vendor: VendorID) -> [Shipment] {
        let own = Set(items.filter { $0.vendor == vendor }.map(\.id))
        return shipments.filter { $0.deliveredAt == nil && $0.parts.allSatisfy { own.contains($0.item) } }
    }
}

/// What a vendor gets of their part of an order, as whoever settles with vendors knows it.
public struct VendorEarnings: Sendable, Hashable {
    /// The shop's share, in minor units.
    public let commission: Money
    /// The vendor's share, in minor units.
    public let earnings: Money

    /// The shares of shop and vendor.
    public init(commission: Money, earnings: Money) {
        self.commission = commission
        self.earnings = earnings
    }
}

/// Part of an order as its vendor sees it: with what shipping needs of the customer, and nothing else of them.
public struct VendorOrderBody: ResponseBody {
    let id: OrderID
    let orderNumber: String
    /// The status of the vendor's part.
    let status: OrderStatus
    let items: [OrderItemBody]
    /// The region alone where nothing is to be sent yet, or any more.
    let shippingAddress: PostalAddress
    /// The vendor's lines before discount.
    let subtotal: Price
    /// Null where it is not settled.
    let commission: Price?
    /// Null where it is not settled.
    let earnings: Price?
    let currency: String
    let trackingNumber: String
    let carrier: String
    let createdAt: Timestamp

    /// Shows a part; what is not `settled` yet has neither commission nor earnings.
    ///
    /// - Throws: `OutOfRange`.
    public init(_ order: VendorOrder, settled: VendorEarnings?, currency: Currency) throws {
        let currency = Currency(code: order.currency) ?? currency
        id = order.id
        orderNumber = order.number
        status = order.status
        items = order.items.map { OrderItemBody($0, currency) }
        shippingAddress = order.isUnderWay ? order.shippingAddress : order.shippingAddress.region
        subtotal = currency.price(try order.items.map(\.subtotal).total())
        commission = settled.map { currency.price($0.commission) }
        earnings = settled.map { currency.price($0.earnings) }
        self.currency = order.currency
        trackingNumber = order.trackingNumber
        carrier = order.carrier
        createdAt = order.createdAt
    }
}
