import Commerce
import Primitives
import Web

/// An order as responses show it, to its customer or to staff.
public struct OrderBody: ResponseBody {
    let id: OrderID
    /// The number that customers see: ten capitals and digits, a letter first.
    public let orderNumber: String
    let status: OrderStatus
    let paymentStatus: PaymentStatus
    let userID: UserID?
    let email: String
    let subtotal: Price
    let tax: Price
    let taxLines: [TaxLineBody]
    let shippingCost: Price
    let discountAmount: Price
    /// The amount to pay, in the order's own currency.
    public let total: Price
    let currency: String
    let coupon: String?
    let shippingMethod: String?
    let items: [OrderItemBody]
    let shippingAddress: PostalAddress
    let billingAddress: PostalAddress
    let paymentMethod: PaymentMethod
    let trackingNumber: String
    let notes: String
    /// Null in lists.
    let history: [OrderEventBody]?
    /// Null in lists.
    let shipments: [ShipmentBody]?
    let expiresAt: Timestamp?
    let createdAt: Timestamp
    let updatedAt: Timestamp
    /// The token that opens the order to a guest: in the response to placing it and never again.
    let accessToken: String?

    /// Shows an order. Staff see who made each change and what they noted; a list shows neither history nor parcels;
    /// `labels` name what it names.
    public init(
        _ order: Order, currency: Currency, forStaff: Bool = false, inList: Bool = false, accessToken: String? = nil,
        labels: OrderLabels = OrderLabels()
    ) {
        let currency = Currency(code: order.currency) ?? currency
        id = order.id
        orderNumber = order.number
        status = order.status
        paymentStatus = order.paymentStatus
        userID = order.user
        email = order.email
        subtotal = currency.price(order.subtotal)
        tax = currency.price(order.tax)
        taxLines = order.taxLines.map { TaxLineBody($0, currency) }
        shippingCost = currency.price(order.shipping)
        discountAmount = currency.price(order.discount)
        total = currency.price(order.total)
        self.currency = order.currency
        coupon = order.couponCode.isEmpty ? nil : order.couponCode
        shippingMethod = order.shippingMethod.isEmpty ? nil : order.shippingMethod
        items = order.items.map { OrderItemBody($0, currency, labels) }
        shippingAddress = order.shippingAddress
        billingAddress = order.billingAddress
        paymentMethod = order.paymentMethod
        trackingNumber = order.trackingNumber
        notes = order.notes
        history = inList ? nil : order.events.map { OrderEventBody($0, forStaff: forStaff, labels) }
        shipments = inList ? nil : order.shipments.map { ShipmentBody($0, of: order) }
        expiresAt = order.expiresAt
        createdAt = order.createdAt
        updatedAt = order.updatedAt
        self.accessToken = accessToken
    }
}

/// A line of an order, as responses show it.
struct OrderItemBody: Codable, Sendable {
    struct Variant: Codable, Sendable {
        let id: VariantID
        let options: [VariantOption]
    }

    let id: OrderItemID
    let productID: ProductID
    let productName: String
    let sku: String
    let variant: Variant?
    let vendor: VendorID?
    /// Null for the shop's own goods, and where names are not looked for.
    let vendorName: String?
    let quantity: Int
    let price: Price
    let subtotal: Price
    let discountAmount: Price
    let tax: Price
    /// Null where it was not taxed.
    let taxRate: String?
    let status: OrderStatus
    let trackingNumber: String
    let shippedQuantity: Int
    let deliveredQuantity: Int
    let returnedQuantity: Int
    let cancelledQuantity: Int
    /// The units, canceled or returned, that have been credited.
    let refundedQuantity: Int
    /// The units that can be sent now.
    let unshippedQuantity: Int
    /// The units that can still be canceled.
    let cancellableQuantity: Int
    /// The units that can still be sent back.
    let returnableQuantity: Int
    /// The URL of a small picture of it; null where none is looked for, or there is none.
    let image: String?

    init(_ item: OrderItem, _ currency: Currency, _ labels: OrderLabels = OrderLabels()) {
        id = item.id
        productID = item.sellable.product
        productName = item.name
        sku = item.sku
        variant = item.sellable.variant.map { Variant(id: $0, options: item.options) }
        vendor = item.vendor
        vendorName = item.vendor.flatMap { labels.vendors[$0] }
        quantity = item.quantity
        price = currency.price(item.price)
        subtotal = currency.price(item.subtotal)
        discountAmount = currency.price(item.discount)
        tax = currency.price(item.tax)
        taxRate = item.taxRate?.text
        status = item.status
        trackingNumber = item.trackingNumber
        shippedQuantity = item.shipped
        deliveredQuantity = item.delivered
        returnedQuantity = item.returned
        cancelledQuantity = item.cancelled
        refundedQuantity = item.refunded
        unshippedQuantity = item.unshipped
        cancellableQuantity = item.cancellable
        returnableQuantity = max(0, item.returnable)
        image = labels.images[item.sellable]
    }
}

/// The amount that one tax rate adds to an order.
public struct TaxLineBody: Codable, Sendable {
    let name: String
    let rate: String
    let taxable: Price
    let amount: Price

    /// Shows the rate as text and the amounts in `currency`.
    public init(_ line: TaxLine, _ currency: Currency) {
        name = line.rate.name
        rate = line.rate.text
        taxable = currency.price(line.taxable)
        amount = currency.price(line.amount)
    }
}

/// An entry of an order's history, as responses show it.
struct OrderEventBody: Codable, Sendable {
    let status: OrderStatus
    let paymentStatus: PaymentStatus
    /// `customer`, `staff`, `vendor` or `system`.
    let actor: String
    let actorID: UserID?
    /// The e-mail address of staff or a vendor; null where addresses are not looked for.
    let actorEmail: String?
    let note: String?
    let createdAt: Timestamp

    init(_ event: OrderEvent, forStaff: Bool, _ labels: OrderLabels) {
        status = event.status
        paymentStatus = event.paymentStatus
        actor = event.actor.kind.rawValue
        actorID = forStaff ? event.actor.user : nil
        actorEmail = forStaff ? event.actor.user.flatMap { labels.people[$0] } : nil
        note = forStaff ? event.note : nil
        createdAt = event.createdAt
    }
}
