import Commerce
import Primitives
import SQL
import Web

/// Statements on users for administrators.
enum UserAdminQueries {
    /// Which users a list shows.
    struct Filter: Sendable {
        var role: Role?
        /// Whether they work for the shop.
        var isStaff: Bool?
        /// The same, of the list as a whole, whatever is asked for.
        var areStaff: Bool?
        var isActive: Bool?
        var isSuspended: Bool?
        var isEmailVerified: Bool?
        /// Words, each a part of an e-mail, a name, a username or a telephone number.
        var search: String?
        /// The accounts that the search finds, where they are few.
        var found: [UserID]?
        var ids: [UserID]?

        var condition: Query {
            var conditions: [Query] = ["u.deleted_at IS NULL"]
            if let role { conditions.append("u.role = \(role.rawValue)") }
            if let isStaff { conditions.append(Self.works(isStaff)) }
            if let areStaff, areStaff != isStaff { conditions.append(Self.works(areStaff)) }
            if let isActive { conditions.append("u.is_active = \(isActive)") }
            if let isSuspended { conditions.append("u.is_suspended = \(isSuspended)") }
            if let isEmailVerified { conditions.append("u.is_email_verified = \(isEmailVerified)") }
            if let ids { conditions.append("u.id IN (\(list: ids))") }
            if let found {
                conditions.append(found.isEmpty ? "1 = 0" : "u.id IN (\(list: found))")
            } else if let search {
                conditions += Self.words(of: search).map { "INSTR(u.search_key, \($0)) > 0" }
            }
            return conditions.joined(by: " AND ")
        }

        private static func works(_ isStaff: Bool) -> Query {
            "u.role IN (\(list: Role.allCases.filter { $0.isStaff == isStaff }.map(\.rawValue)))"
        }

        /// Returns the filter with its search done, where it finds few accounts: neither counting nor listing them then
        /// searches again. Where it is the whole e-mail of an account, no part of another's is looked for.
        func searched(_ connection: Connection) throws -> Filter {
            guard let search else { return self }
            var filter = self
            if let address = EmailAddress(search), let id = try Self.account(address, connection) {
                filter.found = [id]
                return filter
            }
            filter.found = try connection.few(
                "SELECT u.id FROM users u \(walk(by: nil, connection)) WHERE \(condition)")
            return filter
        }

        private static func account(_ address: EmailAddress, _ connection: Connection) throws -> UserID? {
            try connection.value(
                "SELECT u.id FROM users u WHERE u.email_key = \(address.text) AND u.deleted_at IS NULL")
        }

        /// Returns the hint of the index that has all that the conditions compare, in the order of `key` if one is asked
        /// for; the few who work for the shop are sorted.
        func walk(by key: SortKey?, _ connection: Connection) -> Query {
            if found != nil || ids != nil { return .empty }
            return connection.dialect.through(index(by: key))
        }

        private func index(by key: SortKey?) -> StaticString {
            if search != nil { return "ix_users_search" }
            if isStaff == true || areStaff == true || role?.isStaff == true { return "ix_users_role" }
            return switch key {
            case nil: "ix_users_role"
            case .createdAt: "ix_users_newest"
            case .email: "ix_users_email"
            case .lastLogin: "ix_users_last_login"
            case .lastName: "ix_users_last_name"
            }
        }

        private static func words(of text: String) -> [String] {
            text.lowercased().words.prefix(5).map { EmailAddress(String($0))?.text ?? String($0) }
        }
    }

    enum SortKey: String, CaseIterable, SQLName {
        case createdAt = "created_at"
        case email
        case lastLogin = "last_login"
        case lastName = "last_name"

        var sqlName: StaticString {
            switch self {
            case .createdAt: "u.created_at"
            case .email: "u.email"
            case .lastLogin: "u.last_login"
            case .lastName: "u.last_name"
            }
        }
    }

    /// Returns whether some administrator may sign in.
    static func hasAdministrator(_ connection: Connection) throws -> Bool { try has([.admin], connection) }

    /// Returns whether somebody who works for the shop may sign in.
    static func hasStaff(_ connection: Connection) throws -> Bool {
        try has(Role.allCases.filter(\.isStaff), connection)
    }

    private static func has(_ roles: [Role], _ connection: Connection) throws -> Bool {
        try connection.value(
            """
            SELECT 1 FROM users u WHERE u.role IN (\(list: roles.map(\.rawValue))) AND u.is_active
            AND NOT u.is_suspended AND u.deleted_at IS NULL LIMIT 1
            """, as: Int.self) != nil
    }

    /// Returns a query that counts the users of a list.
    static func counting(_ filter: Filter, _ connection: Connection) -> Query {
        "SELECT COUNT(*) FROM users u \(filter.walk(by: nil, connection)) WHERE \(filter.condition)"
    }

    /// Returns a page of users, whose ids are found first: what comes before the page is skipped by the index alone.
    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [ManagedUser] {
        try connection.all(
            .page(
                of: ManagedUser.columns, from: "users u", key: "u.id", through: filter.walk(by: order.key, connection),
                where: filter.condition, joining: "LEFT JOIN user_profiles p ON p.user_id = u.id",
                by: "\(order.key) \(order.direction), u.id \(order.direction)", page.limit))
    }

    static func find(_ id: UserID, _ connection: Connection) throws -> ManagedUser? {
        try connection.first(
            """
            SELECT \(ManagedUser.columns) FROM users u LEFT JOIN user_profiles p ON p.user_id = u.id
            WHERE u.id = \(id) AND u.deleted_at IS NULL
            """)
    }

    static func update(_ id: UserID, _ change: UserAdminChange, at now: Timestamp, _ tx: Transaction) throws {
        var assignments: [Query] = ["version = version + 1", "updated_at = \(now)"]
        // Before the number itself: MySQL assigns from left to right.
        if let number = change.phoneNumber {
            assignments.append(
                "is_phone_verified = CASE WHEN phone_number = \(number) THEN is_phone_verified ELSE 0 END")
        }
        assignments += [
            change.email.map { "email = \($0)" },
            change.firstName.map { "first_name = \($0)" }, change.lastName.map { "last_name = \($0)" },
            change.phoneNumber.map { "phone_number = \($0)" }, change.role.map { "role = \($0.rawValue)" },
            change.permissions.map { "permissions = \(PermissionList.text($0))" },
            change.isActive.map { "is_active = \($0), deactivated_by_staff = \(!$0)" },
            change.isEmailVerified.map { "is_email_verified = \($0)" },
        ].compactMap { $0 }
        try tx.execute("UPDATE users SET \(assignments.joined(by: ", ")) WHERE id = \(id)")
    }

    static func setSuspended(
        _ isSuspended: Bool, reason: String, _ id: UserID, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE users SET is_suspended = \(isSuspended), suspension_reason = \(reason), version = version + 1,
                updated_at = \(now)
            WHERE id = \(id)
            """)
    }
}

/// A user as administrators see them.
struct ManagedUser: RowDecodable, Sendable {
    static let columns: Query = """
        \(Account.columns), u.suspension_reason, u.group_permissions,
        (SELECT COUNT(*) FROM two_factor f WHERE f.user_id = u.id AND f.is_enabled = 1)
        """

    let account: Account
    let suspensionReason: String
    let groupPermissions: Set<String>
    let hasTwoFactor: Bool

    init(row: inout RowReader) throws {
        account = try Account(row: &row)
        suspensionReason = try row()
        groupPermissions = PermissionList.read(try row())
        hasTwoFactor = try row(Int.self) > 0
    }
}

/// What an administrator changes of a user; nil leaves a field as it is.
struct UserAdminChange: Sendable {
    var email: String?
    var firstName: String?
    var lastName: String?
    var phoneNumber: String?
    var role: Role?
    var permissions: Set<String>?
    var groups: [StaffGroupID]?
    var isActive: Bool?
    var isEmailVerified: Bool?
}
