import Commerce
import SQL

/// A part of a user's archive: rows of one table. Hashes, sealed secrets and what is of others are left out.
public struct ArchivePart: Sendable {
    public let name: String
    let columns: [StaticString]
    let source: @Sendable (ArchivedUser) -> Query

    /// Names the columns and what comes after `FROM`, with its condition and order.
    public init(
        _ name: String, _ columns: [StaticString], from source: @escaping @Sendable (ArchivedUser) -> Query
    ) {
        self.name = name
        self.columns = columns
        self.source = source
    }
}

/// Whose archive is made.
public struct ArchivedUser: Sendable {
    public let id: UserID
    public let email: String

    public init(id: UserID, email: String) {
        self.id = id
        self.email = email
    }

    /// The condition and order of most tables: what is the user's, as it came.
    public var own: Query { "WHERE user_id = \(id) ORDER BY id" }
}
