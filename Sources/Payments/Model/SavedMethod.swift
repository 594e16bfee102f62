import Commerce
import Primitives
import SQL

/// A payment method that a gateway keeps for a user, by what may be shown of it.
public struct SavedMethod: Sendable, Hashable {
    /// The primary key.
    public internal(set) var id = SavedMethodID(0)
    /// The user whose it is.
    public internal(set) var user = UserID(0)
    /// The gateway that keeps it.
    public internal(set) var gateway = GatewayCode.stripe
    /// `card` or `bank_account`.
    public internal(set) var type = "card"
    /// The last four digits; empty where there are none.
    public internal(set) var last4 = ""
    /// The brand: `visa`; empty where there is none.
    public internal(set) var brand = ""
    /// The month of expiry, 1 to 12; nil where it does not expire.
    public internal(set) var expiryMonth: Int?
    /// The year of expiry, four digits.
    public internal(set) var expiryYear: Int?
    /// Whether it is the one to use where none is chosen; one of a user's at most.
    public internal(set) var isDefault = false
    /// The user at the gateway.
    var customer = ""
    /// The gateway's id of it.
    public internal(set) var gatewayMethod = ""
    /// The moment at which it was saved, in UTC.
    public internal(set) var createdAt = Timestamp(seconds: 0)

    /// Makes an empty method, which reading fills.
    public init() {}
}

extension SavedMethod: Record {
    /// The columns that a method is read from and written to.
    public static let columns = Columns<SavedMethod>(
        .key("id", \.id),
        .column("user_id", \.user),
        .column("gateway", \.gateway),
        .column("method_type", \.type),
        .column("last4", \.last4),
        .column("card_brand", \.brand),
        .column("expiry_month", \.expiryMonth),
        .column("expiry_year", \.expiryYear),
        .column("is_default", \.isDefault),
        .column("gateway_customer_id", \.customer),
        .column("gateway_payment_method_id", \.gatewayMethod),
        .column("created_at", \.createdAt))
}
