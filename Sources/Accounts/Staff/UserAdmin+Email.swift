import Commerce
import Primitives
import SQL

/// Another e-mail for a user, as where they cannot read the old one any more.
extension UserAdmin {
    /// Returns a change with its e-mail checked, and not verified; without one where the e-mail stays.
    ///
    /// - Throws: `ValidationError` on `email`, `SQLError`.
    func withEmail(of known: Credentials, _ change: UserAdminChange, _ tx: Transaction) throws -> UserAdminChange {
        var change = change
        guard let email = change.email, EmailAddress(known.email)?.text != email else {
            change.email = nil
            return change
        }
        if core.isDenied(email) { throw ValidationError("email", AccountsCore.deniedEmail) }
        if try UserQueries.hasEmail(email, besides: known.id, tx) { throw AccountsCore.takenEmail }
        change.isEmailVerified = false
        return change
    }

    /// Ends what was opened by the former e-mail, and tells both addresses: the old one that it is none any more, the new one
    /// by asking for its verification.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func tellOfEmail(from former: Credentials, _ tx: Transaction) throws {
        let user = try find(former.id, tx).account.user
        try core.end(former.id, .terminated, tx)
        try AccountErasureQueries.remember(former, at: core.time.now, tx)
        try core.sendNotice("email_changed", to: former, tx)
        try core.recordEvent(.emailChanged, of: former.id, from: nil, tx)
        try mail.sendVerification(core.random.token(), to: former.id, user.email, firstName: user.firstName, tx)
    }
}
