import SQL

/// The two pictures of a user.
public enum UserPicture: String, Sendable {
    case avatar
    case cover

    /// The media folder of its files.
    public var folder: String { self == .avatar ? "avatars" : "covers" }

    /// Returns those of these keys that users show as their avatars.
    ///
    /// - Throws: `SQLError`.
    public static func avatars(among keys: [String], _ connection: Connection) throws -> [String] {
        try ProfileQueries.referenced(.avatar, keys, connection)
    }

    /// Returns those of these keys that users show as their covers.
    ///
    /// - Throws: `SQLError`.
    public static func covers(among keys: [String], _ connection: Connection) throws -> [String] {
        try ProfileQueries.referenced(.cover, keys, connection)
    }
}
