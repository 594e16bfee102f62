import Carts
import Commerce
import Coupons
import Inventory
import Jobs
import Messages
import Orders
import Payments
import Primitives
import SQL
import Shipping
import Taxes

/// The use cases that write carts, orders and stock in one transaction.
///
/// Rows are locked in one order everywhere: cart or order first, then stock by ascending key.
public struct CheckoutService: Sendable {
    let carts: CartService
    let orders: OrderService
    let payments: PaymentService
    let stock: StockService
    let pricing: Pricing
    let jobs: JobQueue
    let offers: OfferReader
    let addresses: AddressReader
    let settings: CheckoutSettings
    let time: TimeSource
    let random: RandomSource

    /// Creates a service over the apps that take part; `offers` and `addresses` read what it does not know itself.
    public init(
        carts: CartService, orders: OrderService, payments: PaymentService, stock: StockService, coupons: CouponService,
        taxes: TaxService, shipping: ShippingService, jobs: JobQueue, offers: @escaping OfferReader,
        addresses: @escaping AddressReader, settings: CheckoutSettings, time: TimeSource = .machine,
        random: RandomSource = .system
    ) {
        self.carts = carts
        self.orders = orders
        self.payments = payments
        self.stock = stock
        pricing = Pricing(
            coupons: coupons, taxes: taxes, shipping: shipping, isTaxInclusive: settings.isTaxInclusive)
        self.jobs = jobs
        self.offers = offers
        self.addresses = addresses
        self.settings = settings
        self.time = time
        self.random = random
    }

    /// Turns the buyer's cart into an order: at the prices of this moment, with stock reserved and a confirmation
    /// enqueued.
    ///
    /// - Returns: the order, and the token that opens it where the buyer is a guest.
    /// - Throws: `CheckoutError`, `InventoryError.insufficientStock`, `ValidationError`, `OutOfRange`, `SQLError`.
    func place(_ purchase: Purchase, in tx: Transaction) throws -> (order: Order, accessToken: String?) {
        let cart = try openCart(of: purchase.buyer, tx)
        let shipping = try address(purchase.shippingAddress, of: purchase.buyer, "shipping_address_id", tx)
        let billing =
            try purchase.billingAddress.map { try address($0, of: purchase.buyer, "billing_address_id", tx) }
            ?? shipping
        let lines = try lines(of: cart, tx)
        let priced = try pricing.price(
            purchase.pricing(of: lines, in: cart, to: Destination(shipping)), locking: true, tx)
        let total = priced.totals.total
        if let expected = purchase.expectedTotal, expected != total {
            throw CheckoutError.totalChanged(
                settings.currency.price(total), expected: settings.currency.price(expected))
        }
        let draft = OrderDraft(
            cart: cart.id, user: purchase.buyer.user, email: purchase.buyer.email,
            accessToken: purchase.buyer.user == nil ? random.token() : nil, paymentMethod: purchase.paymentMethod,
            currency: settings.currency, lines: lines, totals: priced.totals, couponCode: priced.coupon?.code ?? "",
            shippingMethod: priced.method?.code ?? "", shippingAddress: shipping, billingAddress: billing,
            notes: purchase.notes,
            expiresAt: settings.deadline(purchase.paymentMethod, total: total, from: time.now))
        return (try write(draft, of: purchase.buyer, from: cart, priced.coupon, tx), draft.accessToken)
    }

    /// Writes the order. Stock comes last, so that its rows are locked for as short a time as possible.
    private func write(
        _ draft: OrderDraft, of buyer: Buyer, from cart: Cart, _ coupon: Coupon?, _ tx: Transaction
    ) throws -> Order {
        let order = try orders.place(draft, in: tx)
        if let coupon {
            try pricing.coupons.redeem(
                coupon, for: order.id, by: buyer.shopper, discount: draft.totals.discount, in: tx)
        }
        guard try carts.close(cart.id, in: tx) else { throw CheckoutError.alreadyOrdered(order.number) }
        try tell(MailJob.confirmation(of: order, settings.currency), tx)
        if let deadline = draft.expiresAt {
            try jobs.enqueue(ExpireOrder(orderID: order.id), runAt: deadline, in: tx)
        }
        let wanted = draft.lines.map { StockLine($0.offer.id, quantity: $0.quantity) }
        try stock.reserve(wanted, for: order.id, until: draft.expiresAt, in: tx)
        return order
    }

    private func openCart(of buyer: Buyer, _ tx: Transaction) throws -> Cart {
        guard let owner = buyer.owner else { throw CheckoutError.emptyCart }
        if let cart = try carts.lock(owner, in: tx) {
            guard !cart.lines.isEmpty else { throw CheckoutError.emptyCart }
            return cart
        }
        if let last = try carts.lastOrdered(by: owner, in: tx), let number = try orders.number(ofCart: last, in: tx) {
            throw CheckoutError.alreadyOrdered(number)
        }
        throw CheckoutError.emptyCart
    }

    func address(
        _ choice: AddressChoice, of buyer: Buyer, _ field: String, _ connection: Connection
    ) throws -> PostalAddress {
        switch choice {
        case .written(let address): return address
        case .book(let id):
            guard let user = buyer.user, let address = try addresses(id, user, connection) else {
                throw ValidationError(field, "Invalid pk \"\(id)\" - object does not exist.")
            }
            return try address.coded()
        }
    }

    /// Returns the cart's lines at the current offers. A shortage that is seen here is refused before anything is
    /// written; one that arises in the meantime is seen by the reservation.
    func lines(of cart: Cart, _ connection: Connection) throws -> [OrderDraft.Line] {
        let offers = try offers(cart.lines.map(\.sellable), connection)
        var shortages: [Shortage] = []
        var lines: [OrderDraft.Line] = []
        for line in cart.lines {
            let offer = offers[line.sellable].flatMap { $0.isForSale ? $0 : nil }
            if let offer, offer.available >= line.quantity {
                lines.append(OrderDraft.Line(offer, quantity: line.quantity))
            } else {
                let available = max(0, offer?.available ?? 0)
                shortages.append(Shortage(line.sellable, requested: line.quantity, available: available))
            }
        }
        guard shortages.isEmpty else { throw InventoryError.insufficientStock(shortages) }
        return lines
    }
}
