import Carts
import Commerce
import Coupons
import Inventory
import Messages
import Modules
import Orders
import Payments
import SQL
import Shipping
import Taxes
import Web

/// What the use cases over carts, orders and stock bring.
public struct CheckoutModule: Sendable {
    /// The service that places orders, for seeds and the command line.
    public let checkout: CheckoutService
    /// Payments through gateways, for the command line.
    public let flow: PaymentFlow
    /// The endpoints, jobs, mails and checks of everything that touches orders together with carts, stock or coupons.
    public let module: Module

    /// The services that an order is made with.
    public struct Services: Sendable {
        let carts: CartService
        let orders: OrderService
        let payments: PaymentService
        let stock: StockService
        let coupons: CouponService
        let taxes: TaxService
        let shipping: ShippingService

        /// Groups the services that the rooms below have made.
        public init(
            carts: CartService, orders: OrderService, payments: PaymentService, stock: StockService,
            coupons: CouponService, taxes: TaxService, shipping: ShippingService
        ) {
            self.carts = carts
            self.orders = orders
            self.payments = payments
            self.stock = stock
            self.coupons = coupons
            self.taxes = taxes
            self.shipping = shipping
        }
    }

    /// Makes the service; `earnings` reads what vendors get of their parts of orders, `people` who has changed one.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(
        _ context: ModuleContext, _ services: Services, directory: GatewayDirectory, offers: @escaping OfferReader,
        addresses: @escaping AddressReader, earnings: @escaping VendorEarningsReader = { _, _, _ in [:] },
        people: @escaping PeopleReader = { _, _ in [:] }
    ) throws {
        checkout = CheckoutService(
            carts: services.carts, orders: services.orders, payments: services.payments, stock: services.stock,
            coupons: services.coupons,
            taxes: services.taxes, shipping: services.shipping, jobs: context.jobs, offers: offers,
            addresses: addresses, settings: try CheckoutSettings(context.settings, context.shop), time: context.time,
            random: context.random)
        flow = PaymentFlow(
            context.database, checkout: checkout, directory: directory,
            settings: try PaymentSettings(context.settings, context.shop), logger: context.logger)
        let guests = GuestLimits(time: context.time, isOn: context.shop.limitsAddresses)
        let (database, checkout, flow) = (context.database, checkout, flow)
        var module = Module("Checkout")
        module.endpoints = [
            CartCouponRoutes(
                database: database, carts: services.carts, coupons: services.coupons, currency: context.shop.currency
            ).group,
            QuoteRoutes(database: database, checkout: checkout).group,
            CheckoutRoutes(database: database, checkout: checkout, guests: guests).group,
            OrderDeskRoutes(database: database, checkout: checkout, earnings: earnings, people: people).group,
            ShipmentRoutes(database: database, checkout: checkout).group,
            VendorOrderRoutes(database: database, checkout: checkout, earnings: earnings).group,
            ReturnRoutes(database: database, checkout: checkout).group, PaymentRoutes(flow: flow).group,
            PaymentStaffRoutes(flow: flow).group, RefundGoodsRoutes(flow: flow).group,
            PaymentMethodRoutes(flow: flow).group, WebhookRoutes(flow: flow).group,
        ]
        module.jobs = checkout.jobHandlers + flow.jobHandlers
        module.cron = PaymentFlow.cron
        module.permissions = [Permission("settings.edit", "Change tax rates and shipping methods.")]
        module.mailTemplates = Self.mailTemplates
        module.screens = [Self.orderScreen, Self.returnScreen]
        module.personalData = Self.personalData(checkout)
        module.checks = [Self.untaxed]
        module.settings = [CheckoutSettings.self, PaymentSettings.self]
        self.module = module
    }

    /// The built-in mails about orders, by type.
    public static let mailTemplates: [String: MailTemplate] = CheckoutTemplates.all.merging(
        PaymentTemplates.all
    ) { $1 }

    /// Returns the steps that erase a person's orders: what has not left is canceled here, since that touches stock and
    /// coupons.
    public static func personalData(_ checkout: CheckoutService) -> PersonalData {
        var data = PersonalData()
        data.orders = checkout.orders.erasure { try checkout.abandon($0, in: $1) }
        return data
    }

    private static let untaxed: ModuleCheck = { database in
        try await database.read { try UntaxedQueries.findings($0) }.map {
            CheckFinding("tax_class", $0, isError: true)
        }
    }
}
