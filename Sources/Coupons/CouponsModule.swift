import Commerce
import Modules

/// What coupons bring.
public struct CouponsModule: Sendable {
    /// The service over coupons, for the rooms that are made after this one.
    public let coupons: CouponService
    /// The endpoints for staff, their permission, and what is kept of a person.
    public let module: Module

    /// Makes the service; `scope` says which categories lie in others, `orders` what number an order has.
    public init(_ context: ModuleContext, scope: @escaping CategoryScope, orders: @escaping NameSubselect) {
        let currency = context.shop.currency
        coupons = CouponService(currency: currency, scope: scope, time: context.time)
        var module = Module("Coupons")
        module.endpoints = [
            CouponRoutes(database: context.database, currency: currency, orders: orders, time: context.time).group
        ]
        module.permissions = [
            Permission("coupons.edit", "Make, change and delete coupons, and see how they are used.")
        ]
        module.personalData = Self.personalData
        module.screens = [Self.screen]
        self.module = module
    }

    /// A use names the e-mail of its order for as long as that does.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.archive = [CouponUsageQueries.archive]
        data.eraseWithOrders = [{ orders, _, tx in try CouponUsageQueries.unname(orders.map(\.id), tx) }]
        data.orderTables = ["coupon_usages"]
        return data
    }
}
