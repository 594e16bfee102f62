import Primitives

/// An object of Razorpay's API, in an answer or in a webhook.
struct RazorpayEntity {
    let json: JSONValue

    /// Reads an object; nil where the value is none.
    init?(_ json: JSONValue?) {
        guard let json, case .object = json else { return nil }
        self.json = json
    }

    /// Returns a member that is a text with something in it.
    func text(_ name: String) -> String? {
        if case .string(let text)? = json[name], !text.isEmpty { text } else { nil }
    }

    /// Returns a member that is a whole number.
    func number(_ name: String) -> Int64? { if case .number(let text)? = json[name] { Int64(text) } else { nil } }

    /// Returns whether a member is `true`.
    func isTrue(_ name: String) -> Bool { json[name] == .bool(true) }

    /// Returns one of the notes. Where there are none, Razorpay says `[]` in place of `{}`.
    func note(_ name: String) -> String? { RazorpayEntity(json["notes"])?.text(name) }

    /// Returns the elements of a collection.
    ///
    /// - Throws: `GatewayError.unavailable` where it is none.
    func items() throws(GatewayError) -> [RazorpayEntity] {
        guard case .array(let items)? = json["items"] else { throw Self.lacking("items") }
        return items.compactMap { RazorpayEntity($0) }
    }

    /// Returns a member that has to be there.
    ///
    /// - Throws: `GatewayError.unavailable` where it is not.
    func needed(_ name: String) throws(GatewayError) -> String {
        guard let text = text(name) else { throw Self.lacking(name) }
        return text
    }

    /// Returns a whole number that has to be there.
    ///
    /// - Throws: `GatewayError.unavailable` where it is not.
    func neededNumber(_ name: String) throws(GatewayError) -> Int64 {
        guard let number = number(name) else { throw Self.lacking(name) }
        return number
    }

    /// Returns what staff may see: the named members that are there.
    func showing(_ names: [String]) -> JSONValue {
        .object(
            Dictionary(
                names.compactMap { name in json[name].flatMap { $0 == .null ? nil : (name, $0) } }
            ) { first, _ in first })
    }

    /// Returns a value without what tells of the payer: the card, the accounts, the addresses.
    static func withoutPayer(_ json: JSONValue) -> JSONValue {
        switch json {
        case .array(let elements): .array(elements.map(withoutPayer))
        case .object(let members):
            .object(members.filter { !ofPayer.contains($0.key) }.mapValues(withoutPayer))
        default: json
        }
    }

    private static let ofPayer: Set = [
        "card", "card_id", "token", "token_id", "customer_id", "vpa", "upi", "email", "contact", "acquirer_data",
        "bank_account",
    ]

    private static func lacking(_ name: String) -> GatewayError {
        .unavailable("its answer lacks \(name)", isUndone: false)
    }
}
