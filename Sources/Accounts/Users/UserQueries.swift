import Commerce
import Primitives
import SQL
import Web

/// Statements on `users`, `usernames` and `user_profiles`.
enum UserQueries {
    static func account(_ id: UserID, _ connection: Connection) throws -> Account? {
        try connection.first(
            """
            SELECT \(Account.columns) FROM users u LEFT JOIN user_profiles p ON p.user_id = u.id WHERE u.id = \(id)
            """)
    }

    /// Returns a user by id or username.
    static func account(_ reference: Reference, _ connection: Connection) throws -> Account? {
        switch reference {
        case .id(let id): try account(UserID(id), connection)
        case .slug(let name):
            try connection.value(
                "SELECT user_id FROM usernames WHERE name = \(name.lowercased())", as: UserID.self
            ).flatMap { try account($0, connection) }
        }
    }

    /// Returns what a login compares with: the user of an address in whatever spelling it is kept.
    static func credentials(_ email: String, _ connection: Connection) throws -> Credentials? {
        try connection.first(
            """
            SELECT \(Credentials.columns) FROM users WHERE \(spelled(email))
            ORDER BY CASE WHEN email = \(email) THEN 0 ELSE 1 END, id LIMIT 1
            """)
    }

    static func credentials(_ id: UserID, _ connection: Connection) throws -> Credentials? {
        try connection.first("SELECT \(Credentials.columns) FROM users WHERE id = \(id)")
    }

    /// Locks the user and returns what a login compares with: logins of one account come one after the other. Nil for
    /// one that was erased.
    static func lockCredentials(_ id: UserID, _ tx: Transaction) throws -> Credentials? {
        try tx.first(
            """
            SELECT \(Credentials.columns) FROM users WHERE id = \(id) AND deleted_at IS NULL \(tx.dialect.forUpdate)
            """)
    }

    /// Returns whether somebody other than `user` has the address, in whatever spelling.
    static func hasEmail(_ email: String, besides user: UserID? = nil, _ connection: Connection) throws -> Bool {
        let others: Query = user.map { " AND id <> \($0)" } ?? .empty
        return try connection.value("SELECT 1 FROM users WHERE \(spelled(email))\(others) LIMIT 1", as: Int.self)
            != nil
    }

    /// Rows of other programs may hold capitals, and the domain as the wire has it. What is no address is compared as
    /// it is: there are letters that lower case turns into others.
    private static func spelled(_ email: String) -> Query {
        "email_key IN (\(list: EmailAddress(email)?.spellings ?? [email]))"
    }

    /// Writes an address as it is compared in the place of another spelling of it.
    static func respell(_ email: String, of id: UserID, _ tx: Transaction) throws {
        try tx.execute("UPDATE users SET email = \(email), version = version + 1 WHERE id = \(id)")
        try tx.execute("UPDATE email_verification_tokens SET email = \(email) WHERE user_id = \(id)")
    }

    static func insert(
        _ user: NewUser, language: String = "en", at now: Timestamp, _ tx: Transaction
    ) throws -> UserID {
        let id = UserID(
            try tx.insert(
                """
                INSERT INTO users
                \(insert: [
                    "email": user.email, "password_hash": user.passwordHash, "first_name": user.firstName,
                    "last_name": user.lastName, "phone_number": user.phoneNumber, "role": user.role.rawValue,
                    "permissions": PermissionList.text(user.permissions), "is_email_verified": user.isEmailVerified,
                    "created_at": user.createdAt ?? now, "updated_at": now,
                ])
                """))
        try tx.execute("INSERT INTO user_profiles (user_id, preferred_language) VALUES (\(id), \(language))")
        return id
    }

    /// Gives a user a name that nobody else has, compared in lower case, or takes theirs away where it is empty.
    static func setUsername(_ username: String, of id: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM usernames WHERE user_id = \(id)")
        if !username.isEmpty {
            try tx.execute("INSERT INTO usernames (name, user_id) VALUES (\(username.lowercased()), \(id))")
        }
        try tx.execute("UPDATE users SET username = \(username) WHERE id = \(id)")
    }

    static func setPassword(_ hash: String, of id: UserID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("UPDATE users SET password_hash = \(hash), updated_at = \(now) WHERE id = \(id)")
    }

    /// Puts a stronger hash of the same password in place of `old`, unless somebody changed the password meanwhile.
    static func rehash(_ hash: String, inPlaceOf old: String, of id: UserID, _ tx: Transaction) throws {
        try tx.execute("UPDATE users SET password_hash = \(hash) WHERE id = \(id) AND password_hash = \(old)")
    }

    static func setActive(_ isActive: Bool, _ id: UserID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE users SET is_active = \(isActive), version = version + 1, updated_at = \(now) WHERE id = \(id)
            """)
    }

    static func noteLogin(_ id: UserID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("UPDATE users SET last_login = \(now) WHERE id = \(id)")
    }

    /// Makes a user an administrator in good status with a known e-mail.
    static func promote(_ id: UserID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE users SET role = \(Role.admin.rawValue), is_active = 1, is_suspended = 0, is_email_verified = 1,
                version = version + 1, updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    /// Marks the e-mail of a user as verified while it still is `email`.
    static func verifyEmail(_ email: String, of id: UserID, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            "UPDATE users SET is_email_verified = 1, updated_at = \(now) WHERE id = \(id) AND email = \(email)") == 1
    }
}

/// What a login compares with and decides by.
struct Credentials: RowDecodable {
    static let columns: Query =
        "id, email, first_name, last_name, password_hash, is_active, is_suspended, is_email_verified, deactivated_by_staff"

    let id: UserID
    let email: String
    let firstName: String
    let lastName: String
    /// Empty where the account has no password, or one that nothing can be compared with.
    let passwordHash: String
    let status: AccountStatus
    let isEmailVerified: Bool
    /// Whether it was the staff who deactivated the account.
    let isDeactivatedByStaff: Bool

    init(row: inout RowReader) throws {
        id = try row()
        email = try row()
        firstName = try row()
        lastName = try row()
        let stored: String = try row()
        passwordHash = PasswordHasher.isUsable(stored) ? stored : ""
        status = AccountStatus(isActive: try row(), isSuspended: try row())
        isEmailVerified = try row()
        isDeactivatedByStaff = try row()
    }
}

/// A user before the row exists; for registration, the command line and demo data.
public struct NewUser: Sendable {
    /// In its compared form: lower case.
    public var email: String
    /// A PHC string of ``PasswordHasher/hash(_:)``.
    public var passwordHash: String
    /// At most 150 characters.
    public var firstName = ""
    /// At most 150 characters.
    public var lastName = ""
    /// Digits in the form of `PhoneNumber`, not verified; empty where none is given.
    public var phoneNumber = ""
    /// The role that decides what the user may reach.
    public var role = Role.customer
    /// The user's own permissions by name, beside those of their groups; only staff have any.
    public var permissions: Set<String> = []
    /// Whether the e-mail counts as verified without a mail.
    public var isEmailVerified = false
    /// Now where it is nil.
    public var createdAt: Timestamp?

    /// Creates a customer without a name, whose e-mail is not verified.
    public init(email: String, passwordHash: String) {
        self.email = email
        self.passwordHash = passwordHash
    }
}
