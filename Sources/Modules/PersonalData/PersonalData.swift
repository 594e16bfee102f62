import Commerce
import SQL

/// What a room knows of people: how it is given to them, and how it is forgotten. A room answers for its own tables alone.
public struct PersonalData: Sendable {
    /// Parts of a user's archive.
    public var archive: [ArchivePart] = []
    /// Gives the keys of files that go into it.
    public var archivedFiles: @Sendable (UserID, Connection) throws -> [String] = { _, _ in [] }
    /// Gives the keys of files that go with the account.
    public var erasedFiles: @Sendable (UserID, Connection) throws -> [String] = { _, _ in [] }
    /// What goes in the transaction that ends the account; at most so many rows.
    public var eraseAtOnce: [@Sendable (ErasedUser, Int, Transaction) throws -> Void] = []
    /// What goes after it.
    public var erase: [ErasureStep] = []
    /// Orders, which are erased when they have come to their end.
    public var orders: OrderErasure?
    /// What goes with such orders, in the transaction that takes the names out of them; at most so many rows.
    public var eraseWithOrders: [@Sendable ([ErasedOrder], Int, Transaction) throws -> Void] = []
    /// What was written about requests under these beginnings of paths.
    public var erasePaths: [@Sendable ([String], ErasureWork) async throws -> Void] = []
    /// Tables whose rows name a person for as long as the order does that they are of.
    public var orderTables: Set<String> = []
    /// Tables that are kept as they are, because the law has it so.
    public var keptTables: Set<String> = []

    public init() {}
}
