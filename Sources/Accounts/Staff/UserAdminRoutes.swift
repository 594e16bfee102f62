import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// Users for administrators.
struct UserAdminRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] {
        [list, detail, edit(.put), edit(.patch), suspend, unsuspend, removeFactor, permissions] + groups
    }

    private var list: Endpoint {
        Endpoint(.get, "/api/users/", "Lists users.", access: .admin) {
            (call: APIRequest, input: UserListInput) -> Page<ManagedUserBody> in
            try await accounts.database.read { connection in
                let count = try UserAdminQueries.count(input.filter, connection)
                return try Page(count: count, input.page, of: call) {
                    let found = try UserAdminQueries.list(input.filter, by: input.ordering, input.page, connection)
                    let groups = try StaffGroupQueries.groups(of: found.map(\.account.user.id), connection)
                    return found.map { ManagedUserBody($0, groups[$0.account.user.id] ?? [], call.baseURL) }
                }
            }
        }
        .refusing(.notFound)
    }

    private var detail: Endpoint {
        Endpoint(.get, "/api/users/{id}/", "Shows a user.", access: .admin) {
            (call: APIRequest, _: NoInput) -> ManagedUserBody in
            let id = try call.id("id", as: UserID.self)
            return try await accounts.database.read { connection in
                guard let found = try UserAdminQueries.find(id, connection) else { throw NotFound() }
                return try body(found, call, connection)
            }
        }
        .refusing(.notFound)
    }

    private func edit(_ method: HTTPRequest.Method) -> Endpoint {
        let summary = method == .put ? "Changes a user." : "Changes parts of a user."
        return Endpoint(method, "/api/users/{id}/", summary, access: .admin, in: accounts.database) {
            (call: APIRequest, input: UserAdminInput, tx) -> ManagedUserBody in
            let id = try call.id("id", as: UserID.self)
            try noteBefore(id, call, tx)
            let changed = try accounts.manage(
                id, input.change, by: try call.caller(), check: call.checkVersion, in: tx)
            return try body(changed, call, tx)
        }
        .refusing(.notFound, .conflict, .preconditionFailed)
    }

    private var suspend: Endpoint {
        Endpoint(
            .post, "/api/users/{id}/suspend/", "Keeps a user out; their sessions end at once.", access: .admin,
            in: accounts.database
        ) { (call: APIRequest, input: SuspendInput, tx) -> ManagedUserBody in
            let id = try call.id("id", as: UserID.self)
            try noteBefore(id, call, tx)
            return try body(
                try accounts.suspend(id, reason: input.reason, by: try call.caller(), in: tx), call, tx)
        }
        .refusing(.notFound, .conflict)
    }

    private var unsuspend: Endpoint {
        Endpoint(
            .post, "/api/users/{id}/unsuspend/", "Lets a suspended user in again.", access: .admin,
            in: accounts.database
        ) { (call: APIRequest, _: NoInput, tx) -> ManagedUserBody in
            let id = try call.id("id", as: UserID.self)
            try noteBefore(id, call, tx)
            return try body(try accounts.unsuspend(id, in: tx), call, tx)
        }
        .refusing(.notFound)
    }

    private var removeFactor: Endpoint {
        Endpoint(
            .post, "/api/users/{id}/reset-2fa/",
            "Takes the second factor off a user who has lost it; their sessions end at once.", access: .admin,
            in: accounts.database
        ) { (call: APIRequest, _: NoInput, tx) -> ManagedUserBody in
            let id = try call.id("id", as: UserID.self)
            try noteBefore(id, call, tx)
            return try body(try accounts.removeFactor(of: id, by: try call.caller(), in: tx), call, tx)
        }
        .refusing(.notFound, .conflict)
    }

    private var permissions: Endpoint {
        Endpoint(.get, "/api/admin/permissions/", "The permissions that staff can be given.", access: .admin) {
            (_: APIRequest, _: NoInput) -> PermissionsBody in
            PermissionsBody(
                permissions: Permissions.all.sorted { $0.key < $1.key }.map { .init(name: $0.key, summary: $0.value) })
        }
    }

    private var groups: [Endpoint] {
        KeptRows(
            StaffGroupKeeper(time: accounts.time), at: "/api/admin/groups/", "group of staff", "groups of staff",
            access: .admin, in: accounts.database
        ).endpoints
    }

    private func noteBefore(_ id: UserID, _ call: APIRequest, _ tx: Transaction) throws {
        try call.noteBefore(try body(try accounts.managed(id, tx), call, tx))
    }

    private func body(_ user: ManagedUser, _ call: APIRequest, _ connection: Connection) throws -> ManagedUserBody {
        let id = user.account.user.id
        return ManagedUserBody(user, try StaffGroupQueries.groups(of: [id], connection)[id] ?? [], call.baseURL)
    }
}

/// Which users to list.
struct UserListInput: Input {
    let filter: UserAdminQueries.Filter
    let ordering: Ordering<UserAdminQueries.Key>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = UserAdminQueries.Filter(
            role: fields.optionalChoice("role", of: Role.self), isActive: fields.optionalBoolean("is_active"),
            isSuspended: fields.optionalBoolean("is_suspended"),
            isEmailVerified: fields.optionalBoolean("is_email_verified"),
            search: fields.optionalString("search", length: 0...254))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// What an administrator changes of a user: what is not sent stays, with PUT too.
struct UserAdminInput: Input {
    let change: UserAdminChange

    init(_ fields: Fields) {
        var change = UserAdminChange()
        change.firstName = fields.change("first_name", length: 0...150)
        change.lastName = fields.change("last_name", length: 0...150)
        change.phoneNumber = fields.phoneChange("phone_number")
        change.role = fields.optionalChoice("role", of: Role.self)
        change.isActive = fields.optionalBoolean("is_active")
        change.isEmailVerified = fields.optionalBoolean("is_email_verified")
        let (permissions, groups) = (fields.permissions(), fields.ids("groups", as: StaffGroupID.self, limit: 100))
        if fields.isPresent("permissions") { change.permissions = permissions }
        if fields.isPresent("groups") { change.groups = groups }
        self.change = change
    }
}

/// Why a user is kept out.
struct SuspendInput: Input {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.string("reason", .optional(""), length: 0...500)
    }
}

/// A user as administrators see them.
struct ManagedUserBody: ResponseBody {
    let user: UserBody
    let isSuspended: Bool
    let suspensionReason: String?
    let twoFactorEnabled: Bool
    /// Those of the groups.
    let groupPermissions: [String]
    let groups: [StaffGroupID]

    enum CodingKeys: String, CodingKey {
        case isSuspended = "is_suspended"
        case suspensionReason = "suspension_reason"
        case twoFactorEnabled = "two_factor_enabled"
        case groupPermissions = "group_permissions"
        case groups
    }

    init(_ managed: ManagedUser, _ groups: [StaffGroupID], _ baseURL: String) {
        user = UserBody(managed.account, baseURL: baseURL)
        isSuspended = managed.account.user.standing.isSuspended
        suspensionReason = managed.suspensionReason.isEmpty ? nil : managed.suspensionReason
        twoFactorEnabled = managed.hasTwoFactor
        groupPermissions = managed.groupPermissions.sorted()
        self.groups = groups
    }

    init(from decoder: any Decoder) throws {
        user = try UserBody(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        isSuspended = try container.decode(Bool.self, forKey: .isSuspended)
        suspensionReason = try container.decodeIfPresent(String.self, forKey: .suspensionReason)
        twoFactorEnabled = try container.decode(Bool.self, forKey: .twoFactorEnabled)
        groupPermissions = try container.decode([String].self, forKey: .groupPermissions)
        groups = try container.decode([StaffGroupID].self, forKey: .groups)
    }

    /// The user's own fields, and beside them what only administrators see, as one object.
    func encode(to encoder: any Encoder) throws {
        try user.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isSuspended, forKey: .isSuspended)
        try container.encode(suspensionReason, forKey: .suspensionReason)
        try container.encode(twoFactorEnabled, forKey: .twoFactorEnabled)
        try container.encode(groupPermissions, forKey: .groupPermissions)
        try container.encode(groups, forKey: .groups)
    }
}

/// The permissions that staff can be given.
struct PermissionsBody: ResponseBody {
    struct Entry: Codable, Sendable {
        let name: String
        let summary: String
    }

    let permissions: [Entry]
}
