/// What a mail is for: some can be switched off by their recipient, others cannot.
///
/// The raw value of one that can is the name of its preference.
public enum MailKind: String, Sendable, Hashable, CaseIterable {
    /// About the safety of an account; always sent.
    case security
    /// An order's own paper, such as its confirmation; always sent.
    case order
    /// What somebody has asked for or works with: a welcome, a notice to a vendor; always sent.
    case service
    /// What staff have to look at, at addresses that the settings name; always sent, however many there are.
    case staff
    /// Where a parcel is.
    case shippingUpdates = "shipping_updates"
    /// Advertising.
    case promotional = "promotional_emails"
    /// The newsletter.
    case newsletter
    /// Goods that somebody might like.
    case recommendations = "product_recommendations"
    /// Something on a wishlist costs less.
    case priceDrops = "price_drop_alerts"
    /// Something on a wishlist can be bought again.
    case backInStock = "back_in_stock_alerts"

    /// Whether a preference stops such mails.
    public var isOptional: Bool {
        switch self {
        case .security, .order, .service, .staff: false
        case .shippingUpdates, .promotional, .newsletter, .recommendations, .priceDrops, .backInStock: true
        }
    }

    /// Whether such mails are sent to many who may leave the list by one click (RFC 8058).
    public var isListed: Bool { isOptional && self != .shippingUpdates }
}
