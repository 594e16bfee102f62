import Commerce
import Primitives
import SQL
import Web

/// What administrators do to users.
extension AccountsService {
    /// Changes a user, whose version has to pass `check`. Whoever loses a role, or is put to rest, loses their sessions.
    ///
    /// - Throws: `NotFound`, `AccountsError.notToYourself`, `ValidationError` on `groups`, `SQLError`, or what `check` throws.
    func manage(
        _ id: UserID, _ change: UserAdminChange, by caller: Identity, check: (Int) throws -> Void, in tx: Transaction
    ) throws -> ManagedUser {
        let old = try managed(id, locking: true, tx)
        try check(old.account.user.version)
        let isDemotion = change.role.map { $0 != old.account.user.role } ?? false
        if id == caller.userID, isDemotion || change.isActive == false { throw AccountsError.notToYourself }
        try UserAdminQueries.update(id, change, at: time.now, tx)
        if let groups = change.groups { try setGroups(groups, of: id, tx) }
        if isDemotion || change.isActive == false { try end(id, .suspended, tx) }
        return try managed(id, tx)
    }

    /// Keeps a user out until somebody lets them in again; their sessions end at once.
    ///
    /// - Throws: `NotFound`, `AccountsError.notToYourself`, `SQLError`.
    func suspend(_ id: UserID, reason: String, by caller: Identity, in tx: Transaction) throws -> ManagedUser {
        _ = try managed(id, locking: true, tx)
        if id == caller.userID { throw AccountsError.notToYourself }
        try UserAdminQueries.setSuspended(true, reason: reason, id, at: time.now, tx)
        try end(id, .suspended, tx)
        try noteEvent(.suspended, of: id, from: nil, tx)
        return try managed(id, tx)
    }

    /// Lets a suspended user in again.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func unsuspend(_ id: UserID, in tx: Transaction) throws -> ManagedUser {
        _ = try managed(id, locking: true, tx)
        try UserAdminQueries.setSuspended(false, reason: "", id, at: time.now, tx)
        try noteEvent(.unsuspended, of: id, from: nil, tx)
        return try managed(id, tx)
    }

    /// Takes the second factor off a user who has lost it, or whose account a thief has locked by one; their sessions end, and
    /// they are told.
    ///
    /// - Throws: `NotFound`, `AccountsError.notToYourself`, `AccountsError.twoFactorOff`, `SQLError`.
    func removeFactor(of id: UserID, by caller: Identity, in tx: Transaction) throws -> ManagedUser {
        guard let known = try UserQueries.lockCredentials(id, tx) else { throw NotFound() }
        if id == caller.userID { throw AccountsError.notToYourself }
        guard try TwoFactorQueries.isEnabled(id, tx) else { throw AccountsError.twoFactorOff }
        try TwoFactorQueries.remove(id, tx)
        try end(id, .terminated, tx)
        try noteEvent(.twoFactorDisabled, of: id, from: nil, tx)
        try sendNotice("two_factor_disabled", to: known, tx)
        return try managed(id, tx)
    }

    /// - Throws: `NotFound`, `SQLError`.
    func managed(_ id: UserID, locking: Bool = false, _ tx: Transaction) throws -> ManagedUser {
        if locking, try UserQueries.lockCredentials(id, tx) == nil { throw NotFound() }
        guard let found = try UserAdminQueries.find(id, tx) else { throw NotFound() }
        return found
    }

    private func setGroups(_ groups: [StaffGroupID], of user: UserID, _ tx: Transaction) throws {
        let known = Set(try StaffGroupQueries.existing(groups, tx))
        if let unknown = groups.first(where: { !known.contains($0) }) {
            throw ValidationError("groups", "Invalid pk \"\(unknown)\" - object does not exist.")
        }
        try StaffGroupQueries.setGroups(groups, of: user, tx)
        try StaffGroupQueries.settlePermissions(of: [user], tx)
    }
}
