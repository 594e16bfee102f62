import Commerce
import SQL

/// The personal data of a room: how it is exported and how it is erased. A room covers its own tables only.
public struct PersonalData: Sendable {
    /// Parts of a user's archive.
    public var archive: [ArchivePart] = []
    /// Returns the media keys of the files that go into the archive.
    public var archivedFiles: @Sendable (UserID, Connection) throws -> [String] = { _, _ in [] }
    /// Returns the media keys of the files that are deleted with the account.
    public var erasedFiles: @Sendable (UserID, Connection) throws -> [String] = { _, _ in [] }
    /// Erases data in the transaction that ends the account, at most the given number of rows.
    public var eraseAtOnce: [@Sendable (ErasedUser, Int, Transaction) throws -> Void] = []
    /// The steps that run after that transaction.
    public var erase: [ErasureStep] = []
    /// The erasure of orders; nil in every room but the one that owns them.
    public var orders: OrderErasure?
    /// Erases data beside final orders, in the same transaction, at most the given number of rows.
    public var eraseWithOrders: [@Sendable ([ErasedOrder], Int, Transaction) throws -> Void] = []
    /// Erases what was recorded about requests whose paths have these prefixes.
    public var erasePaths: [@Sendable ([String], ErasureWork) async throws -> Void] = []
    /// Returns the prefixes of the paths under which staff changed what is a user's, for ``erasePaths``.
    public var userPaths: @Sendable (UserID, Connection) throws -> [String] = { _, _ in [] }
    /// Returns the prefixes of further paths under which staff changed orders, for ``erasePaths``.
    public var orderPaths: [@Sendable ([ErasedOrder], Connection) throws -> [String]] = []
    /// Tables whose rows name a person for as long as their order does.
    public var orderTables: Set<String> = []
    /// Tables of which any number of rows may name a person for as long as one of their orders does.
    public var orderPartTables: Set<String> = []
    /// Tables that are not erased, because the law requires them to be kept.
    public var keptTables: Set<String> = []

    /// No personal data: nothing to archive and nothing to erase.
    public init() {}
}
