import Commerce
import Jobs
import Modules
import Primitives
import SQL
import Web

/// What carts bring.
public struct CartsModule: Sendable {
    /// The service over carts, for the rooms that are made after this one.
    public let carts: CartService
    /// The endpoints of carts, the job and the purge that clear old ones away, and what is erased with an account.
    public let module: Module

    /// Makes the service over what tells it of offers and coupons.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(
        _ context: ModuleContext, offers: @escaping OfferReader, check: @escaping SellableCheck,
        coupons: @escaping CouponReader
    ) throws {
        carts = CartService(
            offers: offers, check: check, coupons: coupons, time: context.time, random: context.random)
        let guests = GuestLimits(time: context.time, isOn: context.shop.limitsAddresses)
        var module = Module("Carts")
        module.endpoints = [
            CartRoutes(database: context.database, carts: carts, currency: context.shop.currency, guests: guests).group
        ]
        module.jobs = [CartUpkeep.handler(jobs: context.jobs, time: context.time)]
        module.cron = [CartUpkeep.entry]
        module.personalData = Self.personalData
        if let age = try CartsSettings(context.settings, context.shop).ordered {
            module.purges = [{ now, limit, tx in try CartQueries.deleteOrdered(before: now - age, limit: limit, tx) }]
        }
        module.settings = [CartsSettings.self]
        self.module = module
    }

    /// An open cart goes with the account; one that became an order names nobody.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.eraseAtOnce = [{ user, _, tx in try CartQueries.deleteOpen(of: user.id, tx) }]
        return data
    }
}

/// How long carts that became orders are kept.
public struct CartsSettings: ModuleSettings {
    /// Nil for ever (`ORDERED_CART_DAYS`).
    let ordered: TimeSpan?

    /// Reads `ORDERED_CART_DAYS`, 0 to 36,500, 90 by default; 0 keeps them for ever.
    ///
    /// - Throws: `SettingsError` naming the key.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        ordered = try source.retention("ORDERED_CART_DAYS", orDays: 90)
    }
}
