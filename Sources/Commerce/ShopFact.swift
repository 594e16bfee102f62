/// The name of a fact about the shop itself that the database stores, independent of its settings.
public struct ShopFact: Sendable, Hashable {
    /// At most 60 characters.
    public let name: String

    /// Creates a fact named `name`.
    public init(_ name: String) {
        self.name = name
    }

    /// The ISO 4217 code of the currency that every price is in.
    public static let currency = ShopFact("currency")
    /// The fingerprint of the secret under which texts in the database are sealed; never the secret.
    public static let secretKey = ShopFact("secret_key")
    /// The id that tells this shop's database and media folder from another's.
    public static let shopID = ShopFact("shop_id")
}
