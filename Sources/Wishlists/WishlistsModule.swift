import Commerce
import Modules
import SQL
import Web

/// Keeps others from changing what is sold under an id until the transaction ends. Throws `SQLError`.
public typealias SellableHold = @Sendable (SellableID, Transaction) throws -> Void

/// What wishlists bring.
public struct WishlistsModule: Sendable {
    /// The endpoints of wishlists, the jobs and mails of alerts, and what is kept of a person.
    public let module: Module

    /// What wishlists ask of other rooms.
    public struct Questions: Sendable {
        let check: SellableCheck
        let hold: SellableHold
        let recipients: RecipientReader

        /// Takes the answers of other rooms: `check` says what an id stands for, `hold` keeps it as it is for a moment,
        /// `recipients` finds the addresses of users.
        public init(
            check: @escaping SellableCheck, hold: @escaping SellableHold, recipients: @escaping RecipientReader
        ) {
            self.check = check
            self.hold = hold
            self.recipients = recipients
        }
    }

    /// Makes the service over `watch`, which other rooms tell of changes; `addToCart` puts what is moved into the cart.
    public init<Cart: ResponseBody>(
        _ context: ModuleContext, watch: OfferWatch, asking questions: Questions, addToCart: @escaping CartAdd<Cart>
    ) {
        let shop = context.shop
        let wishlists = WishlistService(
            watch: watch, check: questions.check, hold: questions.hold, time: context.time)
        let alerts = WishlistAlerts(
            watch: watch, recipients: questions.recipients,
            mails: WishlistMails(currency: shop.currency, frontendURL: shop.frontendURL))
        var module = Module("Wishlists")
        module.endpoints = [
            WishlistRoutes(
                database: context.database, wishlists: wishlists, currency: shop.currency, addToCart: addToCart
            ).group
        ]
        module.jobs = alerts.handlers
        module.cron = [WishlistAlerts.entry]
        module.mailTemplates = WishlistMails.templates
        module.personalData = Self.personalData
        self.module = module
    }

    /// The list goes with the account.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.archive = [WishlistQueries.archive]
        data.erase = [.rows { user, limit, tx in try WishlistQueries.erase(user.id, limit: limit, tx) }]
        return data
    }
}
