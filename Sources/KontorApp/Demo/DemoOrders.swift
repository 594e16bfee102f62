import Checkout
import Commerce
import Inventory
import Modules
import Orders
import Payments
import Primitives
import SQL
import Shipping
import Storefront
import Taxes

/// Writes the past orders of the demo shop: ninety days of them, most delivered, the newest still under way.
struct DemoOrders {
    private static let count = 60

    let shop: Shop
    private let random = RandomSource.seeded(DemoShop.seed + 1)
    private let start: Timestamp
    private let clock: MovableClock
    private let orders: OrderService
    private let payments: PaymentService

    init(_ shop: Shop) {
        self.shop = shop
        start = shop.installation.time.now - .days(90)
        clock = MovableClock(startingAt: start)
        let settings = shop.installation.settings.shop
        let payments = PaymentService(
            secret: shop.installation.secret, schedule: ReconcileSchedule(), time: clock.source, random: random)
        self.payments = payments
        orders = OrderService(
            issuer: DocumentIssuer(name: settings.name, lines: settings.address), currency: settings.currency,
            time: clock.source, random: random, onIssue: { issued, tx in try payments.post(issued, in: tx) })
    }

    func insert(products: [ProductID], users: DemoUsers, in tx: Transaction) throws {
        let sellables = try DemoQueries.sellables(of: products, tx)
        let customers = users.customers
        guard !sellables.isEmpty, !customers.isEmpty else { return }
        for number in 0..<Self.count {
            let wanted = Set(
                (0...random.number(below: 3)).map { _ in sellables[random.number(below: sellables.count)] })
            let offers = try StorefrontOffers.read(wanted.sorted(), tx)
            let lines = wanted.sorted().compactMap { id in
                offers[id].map { OrderDraft.Line($0, quantity: 1 + random.number(below: 2)) }
            }.filter { $0.offer.available >= $0.quantity }
            if !lines.isEmpty {
                let order = try place(lines, number, customers[number % customers.count], tx)
                try returns.make(of: order, age: Self.count - number, decidedBy: users.administrator, in: tx)
            }
            clock.advance(by: .hours(35))
        }
    }

    /// What is sent back of orders that have arrived.
    private var returns: DemoReturns { DemoReturns(orders: orders) }

    private func place(
        _ lines: [OrderDraft.Line], _ number: Int, _ customer: DemoCustomer, _ tx: Transaction
    ) throws -> OrderID {
        let (totals, method) = try price(lines, to: Destination(customer.address), tx)
        // No cart of a customer has a negative id.
        let draft = OrderDraft(
            cart: CartID(-1 - Int64(number)), user: customer.id, email: customer.email, accessToken: nil,
            paymentMethod: .cashOnDelivery, currency: shop.installation.settings.shop.currency, lines: lines,
            totals: totals, shippingMethod: method, shippingAddress: customer.address, billingAddress: customer.address,
            notes: "", expiresAt: nil)
        let order = try orders.place(draft, in: tx)
        let stock = StockService(time: clock.source, prices: StorefrontPrices.refresh)
        try stock.reserve(
            lines.map { StockLine($0.offer.id, quantity: $0.quantity) }, for: order.id, until: nil, in: tx)
        try advance(order, number, stock, tx)
        return order.id
    }

    /// Returns what an order comes to by the demo's own rates, with the code of the cheapest way to send it.
    private func price(
        _ lines: [OrderDraft.Line], to destination: Destination, _ tx: Transaction
    ) throws -> (totals: OrderTotals, method: String) {
        var (goods, weight) = (Money.zero, Int64(0))
        for line in lines {
            try goods += line.offer.price * line.quantity
            weight = try weight.plus(Int64(line.offer.weight).times(Int64(line.quantity)))
        }
        let settings = shop.installation.settings.shop
        let shipping = ShippingService(currency: settings.currency, taxClass: TaxService.check)
        let parcel = Parcel(to: destination, goods: goods, weight: weight)
        let method = try shipping.offers(for: parcel, tx)?.first
        let shippingClass = method?.taxClass ?? TaxClass.standard
        let classes = Set(lines.map(\.offer.taxClass) + [shippingClass])
        let totals = try OrderTotals(
            lines.map { .init(price: $0.offer.price, quantity: $0.quantity, taxClass: $0.offer.taxClass) },
            shipping: method?.price ?? .zero,
            taxes: .init(
                rates: TaxService().rates(for: destination, classes: classes, tx), shippingClass: shippingClass,
                isInclusive: settings.isTaxInclusive))
        return (totals, method?.code ?? "")
    }

    /// Moves an order as far as its age lets one expect.
    private func advance(_ order: Order, _ number: Int, _ stock: StockService, _ tx: Transaction) throws {
        let age = Self.count - number
        if age <= 3 { return }
        var order = try orders.move(order, to: .processing, by: .system, in: tx)
        if age <= 6 { return }
        let parcel = ShipmentDraft(trackingNumber: "DEMO\(1_000 + number)")
        order = try orders.ship(order, parcel, by: .system, in: tx).order
        try stock.fulfill(order.id, in: tx)
        guard age > 10 else { return }
        order = try orders.deliver(order, by: .system, in: tx)
        _ = try payments.recordSeen(
            PaymentService.Draft(
                order: order.id, orderNumber: order.number, user: order.user, gateway: .cashOnDelivery, method: "cod",
                amount: order.total, currency: order.currency, returnURL: ""), in: tx)
    }
}
