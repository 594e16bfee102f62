import Accounts
import Checkout
import Messages

@testable import Marketplace
@testable import Merchandising
@testable import Vendors
@testable import Webhooks
@testable import Wishlists

/// The mails that all rooms come with.
enum ShippedMails {
    static let all: [String: MailTemplate] = [
        AccountsModule.mailTemplates, CheckoutModule.mailTemplates, MarketplaceTemplates.all, WebhookTemplates.all,
        WishlistMails.templates, VendorTemplates.all, MerchandisingTemplates.all,
    ].reduce(into: [String: MailTemplate]()) { all, more in all.merge(more) { own, _ in own } }
}
