import SQL

/// The part of a path where an id or a slug may stand.
public enum Reference: Sendable, Hashable {
    /// A positive number.
    case id(Int64)
    /// Any other text, not checked for the form of a slug.
    case slug(String)

    /// Reads a whole positive number without a sign as an id, everything else as a slug.
    public init(_ text: String) {
        if let number = Int64(text), number > 0, text.utf8.first != UInt8(ascii: "+") {
            self = .id(number)
        } else {
            self = .slug(text)
        }
    }

    /// Returns whether the row with this id and this slug is meant.
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
    /// The id or slug as it stood in the path.
    public var description: String {
        switch self {
        case .id(let id): String(id)
        case .slug(let slug): slug
        }
    }
}
