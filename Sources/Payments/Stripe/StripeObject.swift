import Primitives

/// An object of Stripe's, read leniently: what is missing or of another type is nil.
struct StripeObject: Sendable {
    private let members: [String: JSONValue]

    /// Reads an object; nil for any other value.
    init?(_ value: JSONValue?) {
        guard case .object(let members)? = value else { return nil }
        self.members = members
    }

    /// The object as it came.
    var json: JSONValue { .object(members) }

    /// Returns a text; nil where it is empty.
    func text(_ name: String) -> String? {
        if case .string(let text)? = members[name], !text.isEmpty { text } else { nil }
    }

    /// Returns a whole number. Some peers write amounts as text: `"2000"`.
    func number(_ name: String) -> Int64? {
        switch members[name] {
        case .number(let text)?, .string(let text)?: Int64(text)
        default: nil
        }
    }

    /// Returns a boolean.
    func flag(_ name: String) -> Bool? {
        if case .bool(let flag)? = members[name] { flag } else { nil }
    }

    /// Returns an object; nil where only its id is there.
    func object(_ name: String) -> StripeObject? { StripeObject(members[name]) }

    /// Returns the id of another object, whether that stands there in full or not.
    func reference(_ name: String) -> String? { text(name) ?? object(name)?.text("id") }

    /// Returns the elements of an array, without those that are no objects.
    func objects(_ name: String) -> [StripeObject] {
        guard case .array(let elements)? = members[name] else { return [] }
        return elements.compactMap { StripeObject($0) }
    }

    /// Returns the texts of an array.
    func texts(_ name: String) -> [String] {
        guard case .array(let elements)? = members[name] else { return [] }
        return elements.compactMap { element in if case .string(let text) = element { text } else { nil } }
    }

    /// Returns what our request wrote into the metadata under a key.
    func metadata(_ key: StripeMetadata) -> String? { object("metadata")?.text(key.rawValue) }

    /// The object without secrets, personal data and the details of cards: what may be stored.
    var cleaned: JSONValue { Self.cleaned(json) }

    private static func cleaned(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(members.filter { !withheld.contains($0.key) }.mapValues(cleaned))
        case .array(let elements): .array(elements.map(cleaned))
        default: value
        }
    }

    private static let withheld: Set<String> = [
        "client_secret", "billing_details", "payment_method_details", "card", "shipping", "receipt_email",
        "receipt_url",
        "next_action", "evidence", "email", "name", "phone", "address",
    ]
}

/// The keys under which our ids stand in the metadata of what we make.
enum StripeMetadata: String {
    /// Our id of the payment, on PaymentIntents, refunds and, by Stripe's copy, charges.
    case transactionID = "transaction_id"
    /// The order's number, for staff who look at Stripe's dashboard.
    case orderNumber = "order_number"
    /// Our row of the refund.
    case refundID = "refund_id"
    /// The reason of a refund in the shop's words.
    case reason
    /// Our row of the account, on customers.
    case userID = "user_id"

    /// The name of the parameter.
    var parameter: String { "metadata[\(rawValue)]" }
}
