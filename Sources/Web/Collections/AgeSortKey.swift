/// The key of lists that are ordered by their age alone: the newest first, unless the query says otherwise.
public enum AgeSortKey: String, CaseIterable, Sendable {
    /// The moment at which the row was made.
    case createdAt = "created_at"
}

extension Ordering where Key == AgeSortKey {
    /// The newest first.
    public static var newestFirst: Ordering { Ordering(.createdAt, descending: true) }
}

extension Fields {
    /// Reads the `ordering` of a list that is ordered by its age alone.
    public func age() -> Ordering<AgeSortKey> { ordering(Ordering<AgeSortKey>.newestFirst) }
}
