/// A document about many rows of a list, as one endpoint makes it of all of them: the slips of a packing table.
public struct AdminBulkFile: Sendable, Hashable {
    /// Its part of the address; one of a kind among the screen's files and actions.
    public let name: String
    /// The text of the choice.
    public let title: Phrase
    /// The path of the endpoint.
    public let path: String
    /// The query parameter that takes the rows' keys, with commas between them.
    public let parameter: String
    /// The most rows that the endpoint takes.
    public let limit: Int

    /// Creates a document.
    public init(_ name: String, _ title: Phrase, _ path: String, parameter: String, limit: Int) {
        self.name = name
        self.title = title
        self.path = path
        self.parameter = parameter
        self.limit = limit
    }
}
