import SQL

/// The two pictures of a user.
public enum UserPicture: String, Sendable {
    case avatar
    case cover

    /// Where its files are kept.
    public var folder: String { self == .avatar ? "avatars" : "covers" }

    /// Which of these keys users show as their avatars.
    ///
    /// - Throws: `SQLError`.
    public static func avatars(among keys: [String], _ connection: Connection) throws -> [String] {
        try ProfileQueries.referenced(.avatar, keys, connection)
    }

    /// Which of these keys users show as their covers.
    ///
    /// - Throws: `SQLError`.
    public static func covers(among keys: [String], _ connection: Connection) throws -> [String] {
        try ProfileQueries.referenced(.cover, keys, connection)
    }
}
