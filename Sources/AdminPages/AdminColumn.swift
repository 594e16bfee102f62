/// A member of a row as it is shown: in a list, in a table, among facts.
public struct AdminColumn: Sendable, Hashable {
    /// The ways to show a value.
    public enum Kind: Sendable, Hashable {
        /// As it is.
        case text
        /// In more than one line.
        case longText
        /// In more than one line, and in the reader's language where the shop wrote it by itself.
        case note
        /// As text of fixed width: a SKU, an id, the elements of a list of names.
        case code
        /// An object or a list, a member a line.
        case json
        /// A whole number or a decimal.
        case number
        /// An amount in the shop's currency, or in the row's own where it has a member `currency`.
        case money
        /// A fraction (`0.19`) as a percentage.
        case rate
        /// A moment, in the shop's time zone.
        case moment
        /// A day.
        case day
        /// Yes or no.
        case flag
        /// One of few words of the wire, as a badge.
        case status
        /// The code of a country, or a list of them, by their names.
        case country
        /// The address of a picture.
        case picture
        /// The address of a picture to look at, with a link to the member that has it in full.
        case photo(full: String)
        /// The elements of a list, or their members of that name.
        case list(String)
        /// A link to the page of another screen's row, whose key is that member of this row.
        case link(screen: String, key: String)
        /// A web address that may be followed, or a list of them.
        case address
        /// A postal address, an object with its members, in the lines of a letter to its country.
        case postalAddress
        /// Stars out of five.
        case stars
        /// Text that stands the further in the higher the member `depth` is, a number from 0: the place in a tree.
        case indented(depth: String)
        /// The name of an element of a list of the page's own row: the one whose member `key` is this value. Nothing where no
        /// element is. For tables on a row's page.
        case element(list: String, key: String, label: String)
        /// The sentences of a refusal, by field.
        case refusals
        /// What was done by the call that an entry of the audit tells of, in words, with a link to the row that it was done to. Of the
        /// entry it reads `method`, `endpoint`, `about`, `before` and `after`.
        case deed
        /// The first values in which this member differs from the one that says what was before, each in a line.
        case changes(before: String)
    }

    /// The member, by dots: `vendor.name`.
    public let member: String
    /// The heading.
    public let title: Phrase
    /// The way it is shown.
    public let kind: Kind
    /// The key by which the endpoint orders by it; nil where it does not.
    public var sort: String?
    /// Whether a table on a row's page leaves it out where none of its rows has anything there, or more than zero.
    public var hidesEmpty = false
    /// Whether the list shows it only when it is asked for.
    public var isHidden = false

    /// Creates a column of any kind.
    public init(_ member: String, _ title: Phrase, _ kind: Kind, sort: String? = nil) {
        self.member = member
        self.title = title
        self.kind = kind
        self.sort = sort
    }

    /// Shows text as it is.
    public static func text(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .text, sort: sort)
    }

    /// Shows text of fixed width.
    public static func code(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .code, sort: sort)
    }

    /// Shows a number.
    public static func number(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .number, sort: sort)
    }

    /// Shows an amount of money.
    public static func money(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .money, sort: sort)
    }

    /// Shows a fraction as a percentage.
    public static func rate(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .rate, sort: sort)
    }

    /// Shows a moment.
    public static func moment(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .moment, sort: sort)
    }

    /// Shows a day.
    public static func day(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .day, sort: sort)
    }

    /// Shows yes or no.
    public static func flag(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .flag, sort: sort)
    }

    /// Shows a country, or several, by name.
    public static func country(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .country, sort: sort)
    }

    /// Shows a badge.
    public static func status(_ member: String, _ title: Phrase, sort: String? = nil) -> AdminColumn {
        AdminColumn(member, title, .status, sort: sort)
    }

    /// Shows a picture.
    public static func picture(_ member: String, _ title: Phrase) -> AdminColumn {
        AdminColumn(member, title, .picture)
    }

    /// Shows a link to a row of another screen, named by `member`, whose key is the row's member `key`.
    public static func link(
        _ member: String, _ title: Phrase, to screen: String, key: String, sort: String? = nil
    ) -> AdminColumn {
        AdminColumn(member, title, .link(screen: screen, key: key), sort: sort)
    }

    /// Returns this column, which a table on a row's page leaves out where nothing stands in it.
    public var hidingEmpty: AdminColumn {
        var copy = self
        copy.hidesEmpty = true
        return copy
    }

    /// Returns this column, shown only when it is asked for.
    public var hidden: AdminColumn {
        var copy = self
        copy.isHidden = true
        return copy
    }
}

/// A filter of a list: a query parameter of its endpoint.
public struct AdminFilter: Sendable, Hashable {
    /// The ways to enter it.
    public enum Kind: Sendable, Hashable {
        /// One of these words of the wire.
        case choice([String])
        /// Yes or no.
        case flag
        /// A day.
        case day
        /// A number.
        case number
        /// Any text.
        case text
        /// A country, chosen by its name.
        case country
        /// A row, as entries of the audit name it. Links alone lead to it, and it can be taken off.
        case about
        /// A row of another screen: the member that is sent. At most a hundred are offered; among more it is entered by name.
        case row(screen: String, value: String)
        /// A row of another screen of which there are many, entered by its name or what else its search finds: the member that is
        /// sent, which is its key.
        case named(screen: String, value: String)
    }

    /// The name of the parameter.
    public let name: String
    /// The label.
    public let title: Phrase
    /// The way to enter it.
    public let kind: Kind

    /// Creates a filter.
    public init(_ name: String, _ title: Phrase, _ kind: Kind) {
        self.name = name
        self.title = title
        self.kind = kind
    }
}
