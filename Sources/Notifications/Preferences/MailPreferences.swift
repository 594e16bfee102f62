import Commerce
import Messages
import Primitives
import SQL

/// Which mails a user wants.
///
/// Advertising has to be asked for; alerts were asked for where something was put on a list. The order's own papers are
/// sent whatever `orderConfirmation` says, since buyers have a right to them.
struct MailPreferences: Sendable, Hashable {
    var orderConfirmation = true
    var shippingUpdates = true
    var promotionalEmails = false
    var productRecommendations = false
    var priceDropAlerts = true
    var backInStockAlerts = true
    var allowTracking = false
    var version = 1

    /// Returns whether mails of an optional purpose are welcome; the newsletter's flag is the profile's.
    func admits(_ purpose: MailKind) -> Bool {
        switch purpose {
        case .security, .order, .service, .staff, .newsletter: true
        case .shippingUpdates: shippingUpdates
        case .promotional: promotionalEmails
        case .recommendations: productRecommendations
        case .priceDrops: priceDropAlerts
        case .backInStock: backInStockAlerts
        }
    }

    /// Ends mails of a purpose.
    mutating func refuse(_ purpose: MailKind) {
        switch purpose {
        case .security, .order, .service, .staff, .newsletter: break
        case .shippingUpdates: shippingUpdates = false
        case .promotional: promotionalEmails = false
        case .recommendations: productRecommendations = false
        case .priceDrops: priceDropAlerts = false
        case .backInStock: backInStockAlerts = false
        }
    }
}

extension MailPreferences: Record {
    static let columns = Columns<MailPreferences>(
        .column("order_confirmation", \.orderConfirmation),
        .column("shipping_updates", \.shippingUpdates),
        .column("promotional_emails", \.promotionalEmails),
        .column("product_recommendations", \.productRecommendations),
        .column("price_drop_alerts", \.priceDropAlerts),
        .column("back_in_stock_alerts", \.backInStockAlerts),
        .column("allow_tracking", \.allowTracking),
        .key("version", \.version))
}
