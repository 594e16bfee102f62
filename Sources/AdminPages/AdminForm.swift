import Primitives

/// The form of a row: what is sent to the endpoints that make, change and delete it.
public struct AdminForm: Sendable {
    /// Fields under one heading.
    public struct Group: Sendable {
        /// The heading; nil for the first group, which needs none.
        public let title: Phrase?
        /// The fields, in their order.
        public let fields: [AdminField]

        /// Creates a group.
        public init(_ title: Phrase?, _ fields: [AdminField]) {
            self.title = title
            self.fields = fields
        }
    }

    /// A way from the form of a row to the page of the same row on another screen.
    public struct LeadOn: Sendable {
        /// The other screen's name.
        public let screen: String
        /// The changed rows that go on.
        public let condition: AdminCondition
        /// What the other page says then.
        public let notice: Phrase

        /// Creates a way to another screen.
        public init(to screen: String, where condition: AdminCondition, saying notice: Phrase) {
            self.screen = screen
            self.condition = condition
            self.notice = notice
        }
    }

    /// The fields by their groups.
    public let groups: [Group]
    /// The call that makes a row; nil for a POST to the list's path.
    public var create: AdminCall?
    /// The call that changes one; nil for a PATCH of its own path.
    public var update: AdminCall?
    /// The call that deletes one; nil for a DELETE of its own path.
    public var delete: AdminCall?
    /// Whether rows are made by it.
    public var creates = true
    /// Whether rows are changed by it.
    public var updates = true
    /// Whether rows are deleted, where the endpoint exists.
    public var deletes = true
    /// The rows whose page offers to delete them; the endpoint refuses the others.
    public var deletesWhere = AdminCondition.always
    /// Members of the answer to making a row that are shown once, such as a secret.
    public var shows: [AdminColumn] = []

    /// The screen on which a row goes on that meets a condition once it is changed, such as whoever works for the shop now; nil
    /// where all rows stay.
    public var leadsOn: LeadOn?

    /// Creates a form of one group of fields, over the endpoints that go by the list's path.
    public init(_ fields: [AdminField]) {
        groups = [Group(nil, fields)]
    }

    /// Creates a form of several groups of fields.
    public init(groups: [Group]) {
        self.groups = groups
    }

    /// All fields, in their order.
    public var fields: [AdminField] { groups.flatMap(\.fields) }

    /// Returns this form with changes.
    public func with(_ change: (inout AdminForm) -> Void) -> AdminForm {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A field of a form or of an action: one member of the body that is sent.
public struct AdminField: Sendable, Hashable {
    /// The ways to enter a value.
    public enum Kind: Sendable, Hashable {
        /// One line.
        case text
        /// Several lines.
        case longText
        /// Several lines of fixed width: a template, JSON.
        case source
        /// A whole number.
        case integer
        /// A decimal number.
        case decimal
        /// An amount in the shop's currency.
        case money
        /// A fraction, entered as a percentage.
        case rate
        /// Yes or no.
        case flag
        /// One of these words of the wire.
        case choice([String])
        /// Any of these words of the wire.
        case choices([String])
        /// A country, chosen by its name: its code of ISO 3166-1 is sent.
        case country
        /// Any countries, chosen by their names: a list of their codes is sent.
        case countries
        /// A day.
        case day
        /// A moment, by the clocks of the shop's time zone.
        case moment
        /// A row of another screen: the member that is sent.
        case row(screen: String, value: String)
        /// Any rows of another screen.
        case rows(screen: String, value: String)
        /// An element of a list of the row that the form is about: its member `value` is sent, `label` names it.
        case element(list: String, value: String, label: String)
        /// A list, one element a line.
        case lines
        /// Any of the elements of a list that an endpoint answers as its member `list`: of each, `value` is sent and `label`
        /// says what it is.
        case offered(path: String, list: String, value: String, label: String)
        /// A list of objects, one a line, each with these members in their order. They stand between tabs or semicolons; where
        /// there is neither, the last of them are words and the first is what comes before.
        case records([String])
        /// A secret: never shown, sent only where something is entered.
        case secret
        /// An object or a list as JSON.
        case json
        /// A file, and the types of it that are taken.
        case file([String])
        /// Quantities of the elements of a list of the row. Where the field is required, one at least is to be entered.
        case quantities(AdminQuantities)
    }

    /// When a form has the field.
    public enum Use: Sendable {
        /// Always.
        case always
        /// When a row is made.
        case creating
        /// When a row is changed.
        case editing
    }

    /// The member of the body, by dots where it stands within another: `dimensions.length`. An object whose members are all
    /// left blank is cleared.
    public let name: String
    /// The label.
    public let title: Phrase
    /// The way to enter it.
    public let kind: Kind
    /// A sentence under the field.
    public var help: Phrase?
    /// Whether it must be entered.
    public var isRequired = false
    /// When the form has it.
    public var use = Use.always
    /// The rows whose form has it; a form without a row has it always.
    public var condition = AdminCondition.always
    /// The member of the shown row that holds its value where that is not `name`: `category.id`.
    public var source: String?
    /// The member of the shown row that counts where the field is blank: the form shows it faintly in the blank field.
    public var fallback: String?
    /// The value that the form of a new row begins with.
    public var standard: String?
    /// Whether a blank text is sent as null, not as a blank text; what is no text is always cleared by null.
    public var blankIsNull = false
    /// Whether what is entered may be kept where the session has ended, until its reader has signed in again; secrets never are.
    public var mayBeKept = true
    /// Whether it is not sent at all where nothing is entered or chosen.
    public var omitsEmpty = false

    /// Creates a field of any kind.
    public init(
        _ name: String, _ title: Phrase, _ kind: Kind, isRequired: Bool = false, help: Phrase? = nil,
        source: String? = nil
    ) {
        self.name = name
        self.title = title
        self.kind = kind
        self.isRequired = isRequired
        self.help = help
        self.source = source
    }

    /// Returns this field with changes.
    public func with(_ change: (inout AdminField) -> Void) -> AdminField {
        var copy = self
        change(&copy)
        return copy
    }
}
