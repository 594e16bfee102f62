import Commerce
import Modules
import Payments
import Primitives
import SQL
import Web

/// What the marketplace's money brings.
public struct MarketplaceModule: Sendable {
    /// The endpoints, mails and settings of commission, vendors' accounts and payouts.
    public let module: Module

    /// Makes the endpoints over `books`; `payees` tells where vendors' money goes.
    public init(
        _ context: ModuleContext, books: VendorBooks, payments: PaymentService, payees: @escaping PayeeReader
    ) {
        let (database, shop) = (context.database, context.shop)
        let payouts = PayoutService(
            books: books, payments: payments, jobs: context.jobs, payees: payees, currency: shop.currency,
            zone: shop.timeZone)
        var module = Module("Marketplace")
        module.endpoints = [
            PayoutRoutes(database: database, payouts: payouts).group,
            PayoutPaperRoutes(database: database, payouts: payouts, shop: shop).group,
            VendorMoneyRoutes(database: database, payouts: payouts).group,
            EndpointGroup(
                "Commission", "What the shop keeps of vendors' sales.",
                ResourceEndpoints(
                    CommissionRuleResource(time: context.time), at: "/api/admin/commission-rules/",
                    "rule of commission",
                    "rules of commission", permission: PayoutRoutes.permission, in: database
                ).endpoints),
        ]
        module.permissions = [
            Permission(PayoutRoutes.permission, "Pay vendors out, keep their accounts and commission.")
        ]
        module.mailTemplates = MarketplaceTemplates.all
        module.settings = [MarketplaceSettings.self]
        module.screens = Self.screens
        module.personalData.archive = VendorArchiveQueries.archive
        module.personalData.userPaths = [VendorArchiveQueries.paths(of:_:)]
        module.personalData.keptTables = ["vendor_payouts", "vendor_ledger_entries"]
        self.module = module
    }
}
