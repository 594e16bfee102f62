import SQL

/// What stands in a path where an id or a slug may.
public enum Reference: Sendable, Hashable {
    case id(Int64)
    case slug(String)

    /// A whole positive number is an id; everything else is a slug.
    public init(_ text: String) {
        if let number = Int64(text), number > 0, text.utf8.first != UInt8(ascii: "+") {
            self = .id(number)
        } else {
            self = .slug(text)
        }
    }

    /// Whether the row with this id and this slug is meant.
    public func names(_ id: Int64, _ slug: String) -> Bool {
        switch self {
        case .id(let wanted): wanted == id
        case .slug(let wanted): wanted == slug
        }
    }

    /// The condition on `id` or `slug` of the one table in the query.
    public var condition: Query {
        switch self {
        case .id(let id): "id = \(id)"
        case .slug(let slug): "slug = \(slug)"
        }
    }
}

extension Reference: CustomStringConvertible {
    public var description: String {
        switch self {
        case .id(let id): String(id)
        case .slug(let slug): slug
        }
    }
}
