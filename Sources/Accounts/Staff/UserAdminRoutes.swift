import Commerce
import HTTPTypes
import Modules
import SQL
import Web

/// Users for administrators.
struct UserAdminRoutes: Sendable {
    let core: AccountsCore
    let users: UserAdmin

    var group: EndpointGroup {
        EndpointGroup(
            "Staff: users", "Users as administrators see and change them.",
            [
                listing, showing, editing(.put), editing(.patch), suspending, unsuspending, removingFactor, inviting,
            ])
    }

    private var listing: Endpoint {
        Endpoint(.get, "/api/users/", "Lists users.", access: .admin, use: list)
            .refusing(.notFound)
    }

    private var showing: Endpoint {
        Endpoint(.get, "/api/users/{id}/", "Shows a user.", access: .admin, use: show)
            .refusing(.notFound)
    }

    private func editing(_ method: HTTPRequest.Method) -> Endpoint {
        let summary = method == .put ? "Changes a user." : "Changes parts of a user."
        return Endpoint(method, "/api/users/{id}/", summary, access: .admin, in: core.database, use: edit)
            .refusing(.notFound, .conflict, .preconditionFailed)
    }

    private var suspending: Endpoint {
        Endpoint(
            .post, "/api/users/{id}/suspend/", "Keeps a user out; their sessions end at once.", access: .admin,
            in: core.database, use: suspend
        )
        .refusing(.notFound, .conflict)
    }

    private var unsuspending: Endpoint {
        Endpoint(
            .post, "/api/users/{id}/unsuspend/", "Lets a suspended user in again.", access: .admin, in: core.database,
            use: unsuspend
        )
        .refusing(.notFound)
    }

    private var removingFactor: Endpoint {
        Endpoint(
            .post, "/api/users/{id}/reset-2fa/",
            "Takes the second factor off a user who has lost it; their sessions end at once.", access: .admin,
            in: core.database, use: removeFactor
        )
        .refusing(.notFound, .conflict)
    }

    private var inviting: Endpoint {
        Endpoint(
            .post, "/api/admin/staff/",
            "Makes an account for a member of staff, and mails them a link to choose a password.", access: .admin,
            status: .created, in: core.database, use: invite)
    }

    private func list(_ call: APIRequest, _ input: UserListInput) async throws -> Page<ManagedUserBody> {
        try await users.page(input, call)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> ManagedUserBody {
        let id = try call.id("id", as: UserID.self)
        return try await core.database.read { try body(users.find(id, $0), call, $0) }
    }

    private func edit(_ call: APIRequest, _ input: UserAdminInput, in tx: Transaction) throws -> ManagedUserBody {
        if let permissions = input.change.permissions { try core.configuration.permissions.check(permissions) }
        let id = try recordBefore(call, tx)
        return try body(
            users.manage(id, input.change, by: call.caller(), check: call.checkVersion, in: tx), call, tx)
    }

    private func suspend(_ call: APIRequest, _ input: SuspendInput, in tx: Transaction) throws -> ManagedUserBody {
        let id = try recordBefore(call, tx)
        return try body(users.suspend(id, reason: input.reason, by: call.caller(), in: tx), call, tx)
    }

    private func unsuspend(_ call: APIRequest, _: NoInput, in tx: Transaction) throws -> ManagedUserBody {
        let id = try recordBefore(call, tx)
        return try body(users.unsuspend(id, in: tx), call, tx)
    }

    private func removeFactor(_ call: APIRequest, _: NoInput, in tx: Transaction) throws -> ManagedUserBody {
        let id = try recordBefore(call, tx)
        return try body(users.removeFactor(of: id, by: call.caller(), in: tx), call, tx)
    }

    private func invite(_ call: APIRequest, _ input: StaffInvitation, in tx: Transaction) throws -> ManagedUserBody {
        try core.configuration.permissions.check(input.permissions)
        return try body(users.invite(input, in: tx), call, tx)
    }

    private func recordBefore(_ call: APIRequest, _ tx: Transaction) throws -> UserID {
        let id = try call.id("id", as: UserID.self)
        try call.recordBefore(try body(users.find(id, tx), call, tx))
        return id
    }

    private func body(_ user: ManagedUser, _ call: APIRequest, _ connection: Connection) throws -> ManagedUserBody {
        ManagedUserBody(user, try users.groups(of: user, connection), call.baseURL)
    }
}

/// Which users to list.
struct UserListInput: Input {
    let filter: UserAdminQueries.Filter
    let ordering: Ordering<UserAdminQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = UserAdminQueries.Filter(
            role: fields.optionalChoice("role", of: Role.self), isStaff: fields.optionalBoolean("is_staff"),
            isActive: fields.optionalBoolean("is_active"), isSuspended: fields.optionalBoolean("is_suspended"),
            isEmailVerified: fields.optionalBoolean("is_email_verified"),
            search: fields.optionalString("search", length: 0...254), ids: fields.optionalIDs("ids"))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// What an administrator changes of a user: what is not sent stays, with PUT too.
struct UserAdminInput: Input {
    let change: UserAdminChange

    init(_ fields: Fields) {
        var change = UserAdminChange()
        let email = fields.email("email", .optional(""))
        if fields.isPresent("email"), !email.isEmpty { change.email = email }
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
