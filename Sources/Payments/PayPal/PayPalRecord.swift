import Primitives

/// What is kept of an answer for staff.
enum PayPalRecord {
    private static let left: Set = ["links", "payer", "payment_source", "shipping", "payee"]

    /// Returns the answer without who the payer is, where goods go, and links.
    static func kept(_ fields: PayPalFields) -> JSONValue { kept(fields.value) }

    private static func kept(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(members.filter { !left.contains($0.key) }.mapValues(kept))
        case .array(let elements): .array(elements.map(kept))
        default: value
        }
    }
}
