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
    func admits(_ purpose: MailKind) -> Bool { Self.flag(of: purpose).map { self[keyPath: $0] } ?? true }

    /// Ends mails of a purpose.
    mutating func refuse(_ purpose: MailKind) {
        if let flag = Self.flag(of: purpose) { self[keyPath: flag] = false }
    }

    /// Returns which of these flags mails of a purpose obey; nil where none does.
    private static func flag(of purpose: MailKind) -> WritableKeyPath<MailPreferences, Bool>? {
        switch purpose {
        case .security, .order, .service, .staff, .newsletter: nil
        case .shippingUpdates: \.shippingUpdates
        case .promotional: \.promotionalEmails
        case .recommendations: \.productRecommendations
        case .priceDrops: \.priceDropAlerts
        case .backInStock: \.backInStockAlerts
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
