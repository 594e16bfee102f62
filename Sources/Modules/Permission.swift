/// What staff can be let do, alone or by a group; administrators may do everything.
public struct Permission: Sendable, Hashable {
    /// The stable name, as endpoints ask for it: `orders.view`.
    public let name: String
    /// One sentence for whoever gives it.
    public let summary: String

    public init(_ name: String, _ summary: String) {
        self.name = name
        self.summary = summary
    }
}
