/// A report in the admin: what an endpoint sums up, as facts, a chart and a table.
///
/// Like a screen it is a value in its room's module. Its endpoint answers an object whose member `results` has the lines.
public struct AdminReport: Sendable {
    /// A way to group the lines.
    public struct Grouping: Sendable {
        /// The word of the wire for it.
        public let word: String
        /// Whether lines are stretches of time, one after the other, each named by its first day.
        public let isOverTime: Bool
        /// What a line shows: first its name, then what is summed up.
        public let columns: [AdminColumn]

        /// Creates a way to group.
        public init(_ word: String, isOverTime: Bool = false, _ columns: [AdminColumn]) {
            self.word = word
            self.isOverTime = isOverTime
            self.columns = columns
        }
    }

    /// Its part of the address: `/admin/reports/sales/`.
    public let name: String
    /// The part of the menu that it stands in.
    public let area: AdminArea
    /// The heading.
    public let title: Phrase
    /// The path of its endpoint.
    public let path: String
    /// The parameter of the endpoint that chooses how lines are grouped.
    public let parameter: String
    /// The ways to group, the usual one first.
    public let groupings: [Grouping]
    /// The member of a line that is drawn unless the reader chooses another column.
    public let measure: String
    /// What else narrows it, query parameters of the endpoint.
    public let filters: [AdminFilter]
    /// Members of the whole answer.
    public let facts: [AdminColumn]

    /// Creates a report over an endpoint.
    public init(
        _ name: String, in area: AdminArea, _ title: Phrase, path: String, groupedBy parameter: String,
        _ groupings: [Grouping], drawing measure: String, filters: [AdminFilter] = [], facts: [AdminColumn] = []
    ) {
        self.name = name
        self.area = area
        self.title = title
        self.path = path
        self.parameter = parameter
        self.groupings = groupings
        self.measure = measure
        self.filters = filters
        self.facts = facts
    }
}
