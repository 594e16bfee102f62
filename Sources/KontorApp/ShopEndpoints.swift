import Accounts
import Carts
import Checkout
import Coupons
import Inventory
import Merchandising
import Notifications
import Orders
import Shipping
import Storefront
import Taxes
import Vendors
import Web

extension ShopServices {
    /// Every endpoint of the shop, in the order in which the document of the API shows them.
    func endpoints(_ installation: Installation) -> [EndpointGroup] {
        let storefront = StorefrontRoutes(
            database: installation.database, currency: installation.settings.shop.currency)
        return AccountsRoutes(accounts).groups + [storefront.group] + buying(installation) + selling(installation)
            + merchandising(installation, storefront)
            + [
                MailboxRoutes(installation.database).group, AuditRoutes(database: installation.database).group,
                MediaRoutes(installation.media).group,
            ]
    }

    /// Carts, coupons on them, and what becomes of them.
    private func buying(_ installation: Installation) -> [EndpointGroup] {
        let (database, shop) = (installation.database, installation.settings.shop)
        let guests = GuestLimits(time: installation.time, isOn: installation.settings.limits.byAddress)
        return [
            CartRoutes(database: database, carts: carts, currency: shop.currency, guests: guests).group,
            CartCouponRoutes(database: database, carts: carts, coupons: coupons, currency: shop.currency).group,
            QuoteRoutes(database: database, checkout: checkout).group,
            CheckoutRoutes(database: database, checkout: checkout, guests: guests).group,
            ShipmentRoutes(database: database, checkout: checkout).group,
            ReturnRoutes(database: database, checkout: checkout).group,
            OrderRoutes(database: database, orders: orders, currency: shop.currency, line: exportLine).group,
            PaperRoutes(database: database, orders: orders).group,
        ]
    }

    /// What staff keep so that there is something to buy.
    private func selling(_ installation: Installation) -> [EndpointGroup] {
        let (database, shop, time) = (installation.database, installation.settings.shop, installation.time)
        return [
            CouponRoutes(database: database, currency: shop.currency, time: time).group,
            TaxRoutes(database: database, taxes: taxes).group,
            ShippingRoutes(database: database, shipping: shipping).group,
            ReportRoutes(database: database, currency: shop.currency, zone: shop.timeZone, time: time).group,
            InventoryRoutes(
                database: database, stock: stock, check: StorefrontOffers.check,
                owned: { ProductScope(ids: VendorScopeQueries.products(of: $0)) },
                buyable: StockScope(SoldStockQueries.isBuyable)
            ).group,
            VendorRoutes(database: database, time: time).group,
        ]
    }

    /// Products, categories and their pictures.
    private func merchandising(_ installation: Installation, _ storefront: StorefrontRoutes) -> [EndpointGroup] {
        let (database, time) = (installation.database, installation.time)
        return [
            ProductRoutes(
                database: database, time: time, stock: stock, currency: installation.settings.shop.currency,
                reader: storefront.productReader
            ).group,
            CategoryRoutes(database: database, time: time).group,
            CatalogueRoutes(database: database, currency: installation.settings.shop.currency).group,
            PictureRoutes(
                database: database, time: time, studio: studio, jobs: jobs,
                limit: installation.settings.limits.uploadBytes
            ).group,
            ExchangeRoutes(
                database: database, imports: imports, limit: installation.settings.limits.uploadBytes, line: exportLine
            ).group,
        ]
    }
}
