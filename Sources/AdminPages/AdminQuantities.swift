/// How many of each element of a list something is done to: sent as a list of `{id: …, quantity: …}`.
public struct AdminQuantities: Sendable, Hashable {
    /// What the fields begin with.
    public enum Beginning: Sendable, Hashable {
        /// All that there is.
        case most
        /// Nothing.
        case none
    }

    /// A yes or no that is sent with each element.
    public struct Flag: Sendable, Hashable {
        /// The member of the element that is sent.
        public let name: String
        /// The label.
        public let title: Phrase
        /// Whether it begins as yes.
        public let isOn: Bool

        /// Creates a flag.
        public init(_ name: String, _ title: Phrase, isOn: Bool = false) {
            self.name = name
            self.title = title
            self.isOn = isOn
        }
    }

    /// The member of the row that is the list; elements of which nothing can be entered are left out.
    public let list: String
    /// The element's member that says which it is.
    public let id: String
    /// The name under which that is sent.
    public let name: String
    /// The element's member with the most that can be entered.
    public let most: String
    /// The element's members that name it to people.
    public let labels: [String]
    /// What the fields begin with.
    public var beginning = Beginning.most
    /// Whether elements are sent of which nothing was entered.
    public var sendsZero = false
    /// What is sent with each element; nil for nothing more.
    public var flag: Flag?

    /// Takes quantities of the elements of a row's list: of each, `id` is sent under `name`.
    public init(of list: String, id: String = "id", as name: String, atMost most: String, labels: [String]) {
        self.list = list
        self.id = id
        self.name = name
        self.most = most
        self.labels = labels
    }

    /// Returns these quantities with changes.
    public func with(_ change: (inout AdminQuantities) -> Void) -> AdminQuantities {
        var copy = self
        change(&copy)
        return copy
    }
}
