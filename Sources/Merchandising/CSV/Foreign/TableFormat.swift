import Commerce
import SQL

/// The shop system whose table a file is.
public enum TableFormat: String, WireEnum {
    /// Whichever the names of the columns say.
    case auto
    /// This shop's own.
    case kontor
    /// Shopify's export of products.
    case shopify
    /// WooCommerce's export of products.
    case woocommerce
    /// Magento's export of products, of Magento 2 and Adobe Commerce.
    case magento

    /// The name of the system, for people.
    public var title: String {
        switch self {
        case .auto, .kontor: "Kontor"
        case .shopify: "Shopify"
        case .woocommerce: "WooCommerce"
        case .magento: "Magento"
        }
    }
}
