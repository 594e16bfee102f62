import Commerce
import Primitives
import SQL
import Web

/// What administrators do to users.
struct UserAdmin: Sendable {
    let core: AccountsCore
    let mail: AccountMail
    private let counts = CountCache()

    /// Creates what administrators do, over what all of the accounts share.
    init(core: AccountsCore, mail: AccountMail) {
        self.core = core
        self.mail = mail
    }

    /// Changes a user, whose version has to pass `check`. Whoever gets another role or e-mail, or is deactivated, loses their
    /// sessions; another e-mail is not verified, and told to both addresses.
    ///
    /// - Throws: `NotFound`, `AccountsError.notToYourself`, `ValidationError` on `email` or `groups`, `SQLError`, or what
    ///   `check` throws.
    func manage(
        _ id: UserID, _ change: UserAdminChange, by caller: Identity, check: (Int) throws -> Void, in tx: Transaction
    ) throws -> ManagedUser {
        guard let known = try UserQueries.lockCredentials(id, tx) else { throw NotFound() }
        let old = try find(id, tx)
        try check(old.account.user.version)
        let change = try withEmail(of: known, change, tx)
        let isDemotion = change.role.map { $0 != old.account.user.role } ?? false
        // One's own is changed with the password, in one's profile.
        let isShut = isDemotion || change.isActive == false
        if id == caller.userID, isShut || change.email != nil { throw AccountsError.notToYourself }
        try save(id, change, tx)
        if isShut { try core.end(id, .suspended, tx) }
        if change.email != nil { try tellOfEmail(from: known, tx) }
        return try find(id, tx)
    }

    private func save(_ id: UserID, _ change: UserAdminChange, _ tx: Transaction) throws {
        do {
            try UserAdminQueries.update(id, change, at: core.time.now, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw AccountsCore.takenEmail
        }
        if let groups = change.groups { try setGroups(groups, of: id, tx) }
    }

    /// Keeps a user out until somebody lets them in again; their sessions end at once.
    ///
    /// - Throws: `NotFound`, `AccountsError.notToYourself`, `SQLError`.
    func suspend(_ id: UserID, reason: String, by caller: Identity, in tx: Transaction) throws -> ManagedUser {
        _ = try locked(id, tx)
        if id == caller.userID { throw AccountsError.notToYourself }
        try UserAdminQueries.setSuspended(true, reason: reason, id, at: core.time.now, tx)
        try core.end(id, .suspended, tx)
        try core.recordEvent(.suspended, of: id, from: nil, tx)
        return try find(id, tx)
    }

    /// Lets a suspended user in again.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func unsuspend(_ id: UserID, in tx: Transaction) throws -> ManagedUser {
        _ = try locked(id, tx)
        try UserAdminQueries.setSuspended(false, reason: "", id, at: core.time.now, tx)
        try core.recordEvent(.unsuspended, of: id, from: nil, tx)
        return try find(id, tx)
    }

    /// Removes the second factor of a user who has lost it, or whose account a thief has locked by one; their sessions
    /// end, and they are told.
    ///
    /// - Throws: `NotFound`, `AccountsError.notToYourself`, `AccountsError.twoFactorOff`, `SQLError`.
    func removeFactor(of id: UserID, by caller: Identity, in tx: Transaction) throws -> ManagedUser {
        guard let known = try UserQueries.lockCredentials(id, tx) else { throw NotFound() }
        if id == caller.userID { throw AccountsError.notToYourself }
        guard try TwoFactorQueries.isEnabled(id, tx) else { throw AccountsError.twoFactorOff }
        try TwoFactorQueries.remove(id, tx)
        try core.end(id, .terminated, tx)
        try core.recordEvent(.twoFactorDisabled, of: id, from: nil, tx)
        try core.sendNotice("two_factor_disabled", to: known, tx)
        return try find(id, tx)
    }

    /// Lists users as administrators see them.
    ///
    /// - Throws: `NotFound` beyond the last page, `SQLError`.
    func page(_ input: UserListInput, _ call: APIRequest) async throws -> Page<ManagedUserBody> {
        try await core.database.read { connection in
            let filter = try input.filter.searched(connection)
            let count = try counts.count(UserAdminQueries.counting(filter, connection), connection)
            return try Page(count: count, input.page, of: call) {
                let found = try UserAdminQueries.list(filter, by: input.ordering, input.page, connection)
                let groups = try StaffGroupQueries.groups(of: found.map(\.account.user.id), connection)
                return found.map { ManagedUserBody($0, groups[$0.account.user.id] ?? [], call.baseURL) }
            }
        }
    }

    /// Finds a user.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func find(_ id: UserID, _ connection: Connection) throws -> ManagedUser {
        guard let found = try UserAdminQueries.find(id, connection) else { throw NotFound() }
        return found
    }

    /// Finds the groups that a user is in.
    ///
    /// - Throws: `SQLError`.
    func groups(of user: ManagedUser, _ connection: Connection) throws -> [StaffGroupID] {
        let id = user.account.user.id
        return try StaffGroupQueries.groups(of: [id], connection)[id] ?? []
    }

    private func locked(_ id: UserID, _ tx: Transaction) throws -> ManagedUser {
        guard try UserQueries.lockCredentials(id, tx) != nil else { throw NotFound() }
        return try find(id, tx)
    }

    /// Puts a user into these groups and no others.
    ///
    /// - Throws: `ValidationError` on `groups`, `SQLError`.
    func setGroups(_ groups: [StaffGroupID], of user: UserID, _ tx: Transaction) throws {
        let known = Set(try StaffGroupQueries.existing(groups, tx))
        if let unknown = groups.first(where: { !known.contains($0) }) {
            throw ValidationError("groups", "Invalid pk \"\(unknown)\" - object does not exist.")
        }
        try StaffGroupQueries.setGroups(groups, of: user, tx)
        try StaffGroupQueries.denormalizePermissions(of: [user], tx)
    }
}
