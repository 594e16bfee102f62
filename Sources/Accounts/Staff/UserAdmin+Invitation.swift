import Commerce
import Primitives
import SQL

/// Accounts of those who are to work for the shop and have none.
extension UserAdmin {
    /// Makes an account without a password, and mails its owner a link to choose one: nothing else opens it.
    ///
    /// - Throws: `ValidationError` on `email` or `groups`, `NotFound`, `SQLError`.
    func invite(_ invitation: StaffInvitation, in tx: Transaction) throws -> ManagedUser {
        if core.isDenied(invitation.email) { throw ValidationError("email", AccountsCore.deniedEmail) }
        if try UserQueries.hasEmail(invitation.email, tx) { throw AccountsCore.takenEmail }
        var user = NewUser(email: invitation.email, passwordHash: "")
        user.firstName = invitation.firstName
        user.lastName = invitation.lastName
        user.role = invitation.role
        user.permissions = invitation.permissions
        let id = try core.insert(user, orThrow: AccountsCore.takenEmail, tx)
        if !invitation.groups.isEmpty { try setGroups(invitation.groups, of: id, tx) }
        try mail.sendInvitation(to: id, tx)
        return try find(id, tx)
    }
}
