import Primitives

/// Something that can be done: a button that calls an endpoint, with a form before it where it has fields.
public struct AdminAction: Sendable {
    /// How much it weighs.
    public enum Weight: Sendable {
        /// The next sensible thing to do: shown first.
        case primary
        /// One of several things.
        case normal
        /// Asks again before it is done.
        case danger
    }

    /// Its part of the address; one of a kind within its screen.
    public let name: String
    /// The text of the button.
    public let title: Phrase
    /// The endpoint that does it. One that reads (`GET`) gives a document: what is entered is its query.
    public let call: AdminCall
    /// What is entered before.
    public var fields: [AdminField] = []
    /// What is sent beside the fields.
    public var body: [String: JSONValue] = [:]
    /// What of the row is sent beside the fields: the paths of its members by the names in the body. With `row.` before it a
    /// path is that of a row within the row's page.
    public var sends: [String: String] = [:]
    /// The rows that it can be done to.
    public var condition = AdminCondition.always
    /// How much it weighs.
    public var weight = Weight.normal
    /// The rows to which it is the next sensible thing to do, where its weight does not say so for all.
    public var primaryWhere: AdminCondition?
    /// Whether the action of a section's elements stands at the top of the page too.
    public var isOnTop = false
    /// Whether it can be done to many rows of a list.
    public var isBulk = false
    /// The name of the action that takes it back; nil where nothing does.
    public var undo: String?
    /// The rows, as they were before, that ``undo`` makes again what they were.
    public var undoWhere = AdminCondition.always
    /// What to know before; nil where the title says enough.
    public var explanation: Phrase?
    /// What it does beyond the row or for good, such as mails: a page asks first and says it.
    public var effects: [AdminEffect] = []
    /// The name of the screen's document about all rows that is like the file that is taken; nil where none is.
    public var example: String?
    /// Members of the answer that are shown once, such as a new secret.
    public var shows: [AdminColumn] = []
    /// Whether what ``shows`` names can be read again elsewhere, so that nobody has to note it down.
    public var isShownAgain = false
    /// Of a command, the one that goes on from its answer, whose fields begin with the members that are their sources; nil where
    /// none does.
    public var next: String?
    /// Whether the call carries the row's version in `If-Match`.
    public var checksVersion = false
    /// Whether a list has it beside each row that it can be done to.
    public var isInList = false
    /// A short sign that a list shows in place of the title, such as an arrow.
    public var sign: String?
    /// The screen of which the answer is a row, with the member that is its key: it leads there when it is done.
    public var leadsTo: (screen: String, key: String)?
    /// Whether it leads to the list, since the row may be gone by then.
    public var leadsToList = false

    /// Creates an action without fields.
    public init(_ name: String, _ title: Phrase, _ method: AdminCall.Method, _ path: String) {
        self.name = name
        self.title = title
        call = AdminCall(method, path)
    }

    /// Returns this action with changes.
    public func with(_ change: (inout AdminAction) -> Void) -> AdminAction {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A condition on a row, by what its endpoint answers: which actions are offered. The endpoint decides by itself.
public indirect enum AdminCondition: Sendable, Hashable {
    /// Every row.
    case always
    /// The member is one of these words or numbers, or a list with one of them.
    case oneOf(String, [String])
    /// The member is true, a number above zero, or a list or text that is not empty.
    case holds(String)
    /// The member is a number or an amount above zero.
    case exceedsZero(String)
    /// The opposite.
    case not(AdminCondition)
    /// All of these.
    case all([AdminCondition])
    /// One of these.
    case any([AdminCondition])
}

/// A part of a row's page.
public struct AdminSection: Sendable {
    /// What it shows.
    public enum Content: Sendable {
        /// Members of the row, each with its title.
        case facts([AdminColumn])
        /// The elements of a list that is a member of the row.
        case table(member: String, [AdminColumn])
        /// What another endpoint lists, or shows; `path` may hold the row's members in braces. Of a page, the first `limit` rows.
        case related(path: String, [AdminColumn])
        /// Members of what another endpoint answers.
        case relatedFacts(path: String, [AdminColumn])
        /// Pictures that are uploaded, described and put in order.
        case pictures(AdminPictures)
        /// The elements of a list that is a member of the row, edited in a grid.
        case grid(AdminGrid)
        /// Where two members of the row differ that say what something was before and after, value by value.
        case comparison(before: String, after: String)
        /// An HTML document that is a member of the row, in a frame in which no script runs and no form is sent.
        case document(member: String)
    }

    /// The heading.
    public let title: Phrase
    /// What it shows.
    public let content: Content
    /// What can be done to each element of a table.
    public var actions: [AdminAction] = []
    /// Documents about each element.
    public var files: [AdminFile] = []
    /// The screen whose pages the elements have, with the member that is the key; nil where they have none.
    public var screen: (name: String, key: String)?
    /// Whether the page leaves it out where there is nothing to show.
    public var hidesEmpty = false
    /// Whether it stands below the form of the row, not above it.
    public var standsBelow = false
    /// The screen whose list shows more of it, with a query that may hold the row's members in braces; nil where none does.
    public var listing: (screen: String, query: String)?

    /// Creates a section.
    public init(_ title: Phrase, _ content: Content) {
        self.title = title
        self.content = content
    }

    /// Returns this section with changes.
    public func with(_ change: (inout AdminSection) -> Void) -> AdminSection {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A document about a row, as an endpoint makes it: an invoice, a slip.
public struct AdminFile: Sendable, Hashable {
    /// Its part of the address; one of a kind within its screen.
    public let name: String
    /// The text of the link.
    public let title: Phrase
    /// The path of the endpoint, with members in braces.
    public let path: String
    /// The rows that have it.
    public var condition = AdminCondition.always
    /// The path of an endpoint that shows what the document is about: who may not read that has no document either. Nil where the
    /// rule of the document's own endpoint says who may; it does not where customers have their documents by it too.
    public var subject: String?

    /// Creates a document.
    public init(_ name: String, _ title: Phrase, _ path: String, where condition: AdminCondition = .always) {
        self.name = name
        self.title = title
        self.path = path
        self.condition = condition
    }

    /// Returns this document with changes.
    public func with(_ change: (inout AdminFile) -> Void) -> AdminFile {
        var copy = self
        change(&copy)
        return copy
    }
}
