/// Something that an action does beyond its row, or for good: it is said before, on a page that asks.
public struct AdminEffect: Sendable, Hashable {
    /// What happens.
    public let sentence: Phrase
    /// The rows to which it happens; the action asks first for these.
    public var condition = AdminCondition.always

    /// Creates an effect.
    public init(_ sentence: Phrase) {
        self.sentence = sentence
    }

    /// The customer gets a mail.
    public static let mailsCustomer = AdminEffect(
        Phrase("The customer gets an e-mail.", "Der Kunde bekommt eine E-Mail."))
    /// The vendor gets a mail.
    public static let mailsVendor = AdminEffect(
        Phrase("The vendor gets an e-mail.", "Der Händler bekommt eine E-Mail."))
    /// Nothing takes it back.
    public static let isFinal = AdminEffect(
        Phrase("This cannot be undone.", "Das lässt sich nicht rückgängig machen."))

    /// Returns this effect on those rows alone that meet a condition.
    public func on(_ condition: AdminCondition) -> AdminEffect {
        var copy = self
        copy.condition = condition
        return copy
    }
}
