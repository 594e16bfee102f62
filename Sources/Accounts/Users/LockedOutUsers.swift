import Commerce
import SQL

/// The numbers of users that nobody can log in as, by why: what a shop that moved over should know.
public struct LockedOutUsers: Sendable, Equatable {
    /// Hashes that nothing can be compared with, by the name of their kind.
    public private(set) var hashes: [String: Int] = [:]
    /// Users without a password and without a social account.
    public private(set) var withoutPassword = 0
    /// Users whose e-mail is no address, or another spelling of an earlier user's.
    public private(set) var withoutAddress = 0

    private static let chunk = 1_000

    /// Looks through all users that were not erased, some at a time.
    ///
    /// - Throws: `SQLError`.
    public static func count(in database: any Database) async throws -> LockedOutUsers {
        var found = LockedOutUsers()
        var last = UserID(0)
        while true {
            let (start, before) = (last, found)
            let (rows, after) = try await database.read { connection in
                let rows = try LockedOutQueries.users(after: start, limit: chunk, connection)
                var found = before
                for row in rows { try found.add(row, connection) }
                return (rows, found)
            }
            found = after
            guard rows.count == chunk, let end = rows.last?.id else { return found }
            last = end
        }
    }

    /// A sentence with its number for each reason; empty where everybody can log in.
    public var sentences: [String] {
        let unknown = hashes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let told = [
            (hashes.values.reduce(0, +), "with a password hash that nothing can be compared with (\(unknown))"),
            (withoutPassword, "without a password or a social account: a mail to choose a password lets them in"),
            (withoutAddress, "whose e-mail is no address, or another user's in another spelling"),
        ]
        return told.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }

    private mutating func add(_ user: LockedOutQueries.User, _ connection: Connection) throws {
        if user.socialAccounts > 0 { return }
        if try !Self.isReached(user, connection) {
            withoutAddress += 1
        } else if user.passwordHash.isEmpty || user.passwordHash.utf8.first == UInt8(ascii: "!") {
            withoutPassword += 1
        } else if !PasswordHasher.isUsable(user.passwordHash) {
            hashes[Self.kind(of: user.passwordHash), default: 0] += 1
        }
    }

    private static func isReached(_ user: LockedOutQueries.User, _ connection: Connection) throws -> Bool {
        guard let address = EmailAddress(user.email)?.text else { return false }
        return try address == user.email || UserQueries.credentials(address, connection)?.id == user.id
    }

    /// Returns what stands before the first `$`, where it is a name: never a part of a hash.
    private static func kind(of hash: String) -> String {
        guard let end = hash.utf8.firstIndex(of: UInt8(ascii: "$")) else { return "unnamed" }
        let name = hash.utf8[..<end]
        let isName = (1...30).contains(name.count) && name.allSatisfy { $0 == 0x5F || (0x30...0x7A).contains($0) }
        return isName ? String(hash[..<end]) : "unnamed"
    }
}
