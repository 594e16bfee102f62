import Commerce
import HTTPTypes
import Modules
import SQL
import Web

/// Users for administrators; customers for staff who may see them.
struct UserAdminRoutes: Sendable {
    /// Lets staff see customers and vendors; of who works for the shop only administrators see the accounts.
    static let viewing = "customers.view"

    let core: AccountsCore
    let users: UserAdmin
    let book: AddressBook

    var group: EndpointGroup {
        EndpointGroup(
            "Staff: users", "Users as administrators see and change them, and customers as staff see them.",
            [
                listing, showing, listingAddresses, editing(.put), editing(.patch), suspending, unsuspending,
                removingFactor, inviting, listingStaff, showingStaff,
            ])
    }

    private var listing: Endpoint {
        Endpoint(
            .get, "/api/users/", "Lists users; only administrators find those who work for the shop.",
            access: .staff(Self.viewing), use: list
        )
        .refusing(.notFound)
    }

    private var showing: Endpoint {
        Endpoint(
            .get, "/api/users/{id}/", "Shows a user; only administrators find those who work for the shop.",
            access: .staff(Self.viewing), use: show
        )
        .refusing(.notFound)
    }

    private var listingAddresses: Endpoint {
        Endpoint(
            .get, "/api/users/{id}/addresses/", "Lists the addresses of a user, newest first.",
            access: .staff(Self.viewing), use: listAddresses
        )
        .refusing(.notFound)
    }

    private var listingStaff: Endpoint {
        Endpoint(.get, "/api/admin/staff/", "Lists who works for the shop.", access: .admin, use: listStaff)
            .refusing(.notFound)
    }

    private var showingStaff: Endpoint {
        Endpoint(
            .get, "/api/admin/staff/{id}/", "Shows somebody who works for the shop.", access: .admin, use: showStaff
        )
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
        try await users.page(try call.caller().role == .admin ? input : input.of(staff: false), call)
    }

    private func listStaff(_ call: APIRequest, _ input: UserListInput) async throws -> Page<ManagedUserBody> {
        try await users.page(input.of(staff: true), call)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> ManagedUserBody {
        let id = try call.id("id", as: UserID.self)
        let isAdmin = try call.caller().role == .admin
        return try await core.database.read { try body(find(id, isStaff: isAdmin ? nil : false, $0), call, $0) }
    }

    private func showStaff(_ call: APIRequest, _: NoInput) async throws -> ManagedUserBody {
        let id = try call.id("id", as: UserID.self)
        return try await core.database.read { try body(find(id, isStaff: true, $0), call, $0) }
    }

    private func listAddresses(_ call: APIRequest, _ input: AddressListInput) async throws -> Page<AddressBody> {
        let id = try call.id("id", as: UserID.self)
        let isAdmin = try call.caller().role == .admin
        _ = try await core.database.read { try find(id, isStaff: isAdmin ? nil : false, $0) }
        return try await book.page(input.page, .all, of: id, call, AddressBody.init)
    }

    /// Finds a user who works for the shop, or does not; either where nil.
    private func find(_ id: UserID, isStaff: Bool?, _ connection: Connection) throws -> ManagedUser {
        let found = try users.find(id, connection)
        if let isStaff, found.account.user.role.isStaff != isStaff { throw NotFound() }
        return found
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
    private(set) var filter: UserAdminQueries.Filter
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

    /// Returns the same list of those alone who work for the shop, or do not.
    func of(staff areStaff: Bool) -> UserListInput {
        var copy = self
        copy.filter.areStaff = areStaff
        return copy
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
