/// The elements of a list that is a member of a row, edited as the rows of a grid: each row that was changed is one call, a new
/// one is another, a refusal stands at its cell.
public struct AdminGrid: Sendable {
    /// A column of the grid.
    public enum Column: Sendable {
        /// What is only shown.
        case shown(AdminColumn)
        /// What is entered, in one line, by a tick or from few words. What has the use `creating` is entered in new rows and
        /// shown in others.
        case entered(AdminField)
        /// A list of pairs of a name and a value, such as a variant's options: a column for each name that occurs, and one or
        /// two for names that are entered in the heading.
        case pairs(AdminPairs)
    }

    /// The member of the page's row that lists the elements. Each has an `id`, and a `version` where changes honor it.
    public let member: String
    /// The member that names an element.
    public let label: String
    /// The member that tells elements of one name apart; nil where each has a name of its own.
    public var detail: String?
    /// The endpoint that lists the elements where they are no member of the page's row, with that row's members in braces. The
    /// elements stand under the member then.
    public var path: String?
    /// The columns, in their order.
    public let columns: [Column]
    /// The call that makes an element; nil where none is made.
    public var create: AdminCall?
    /// The call that changes one; nil where none is changed. The members of an element stand behind `row.`.
    public var update: AdminCall?
    /// What is sent with a change beside what was entered: by names in the body the paths of members, those of the element behind
    /// `row.`.
    public var sends: [String: String] = [:]
    /// Whether fields begin blank, since what is entered is done to an element and is none of its members.
    public var beginsBlank = false
    /// The call that deletes one; nil where none is deleted.
    public var delete: AdminCall?
    /// What is sent with a new element beside its fields: members of the body by members of the page's row.
    public var inherited: [String: String] = [:]
    /// The number of blank rows for new elements.
    public var blankRows = 3

    /// Creates a grid over the elements of the list `member`, each of which `label` names.
    public init(_ member: String, label: String, _ columns: [Column]) {
        self.member = member
        self.label = label
        self.columns = columns
    }

    /// Returns this grid with changes.
    public func with(_ change: (inout AdminGrid) -> Void) -> AdminGrid {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A member that is a list of objects of a name and a value: `[{"type": "Size", "value": "M"}]`.
public struct AdminPairs: Sendable, Hashable {
    /// The member.
    public let member: String
    /// What one of the names is called.
    public let title: Phrase
    /// The member of each object with the name.
    public let name: String
    /// The member of each object with the value.
    public let value: String

    /// Creates a list of pairs.
    public init(_ member: String, _ title: Phrase, name: String, value: String) {
        self.member = member
        self.title = title
        self.name = name
        self.value = value
    }
}
