/// A permission that staff are granted one by one or through a group; administrators have all of them.
public struct Permission: Sendable, Hashable {
    /// The stable name, as endpoints ask for it: `orders.view`.
    public let name: String
    /// One sentence for the administrator who grants it.
    public let summary: String

    /// Creates a permission with its stable name and a sentence about it.
    public init(_ name: String, _ summary: String) {
        self.name = name
        self.summary = summary
    }
}
