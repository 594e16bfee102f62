import Commerce
import SQL

/// A part of a user's archive: rows of one table, without hashes, sealed secrets and the data of others.
public struct ArchivePart: Sendable {
    /// The key under which the rows stand in the archive.
    public let name: String
    let columns: [StaticString]
    let source: @Sendable (ArchivedUser) -> Query

    /// Creates a part with these columns; `source` returns what follows `FROM`, with its condition and order.
    public init(
        _ name: String, _ columns: [StaticString], from source: @escaping @Sendable (ArchivedUser) -> Query
    ) {
        self.name = name
        self.columns = columns
        self.source = source
    }
}

/// The user whose archive is made.
public struct ArchivedUser: Sendable {
    /// The user's id, by which most tables are searched.
    public let id: UserID
    /// The user's present e-mail address, for tables that know people by it.
    public let email: String

    /// Creates a user, by id and present e-mail address.
    public init(id: UserID, email: String) {
        self.id = id
        self.email = email
    }

    /// The condition and order of most tables: the rows of the user, oldest first.
    public var own: Query { "WHERE user_id = \(id) ORDER BY id" }
}
