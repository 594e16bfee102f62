import Commerce
import Jobs
import Primitives
import SQL
import Web

extension AccountMail {
    /// Sends what was asked for to the accounts that it is for.
    public var handler: JobHandler {
        .transactional(RequestedMail.self) { request, tx in try send(request, tx) }
    }

    /// Counts a request for mail and takes it on. Requests at once for one address become one mail.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func request(_ purpose: MailPurpose, to email: String) async throws {
        let key = AccountKey(email: email)
        try await core.database.write { tx in
            try core.countRequest(purpose, key, tx)
            try core.jobs.enqueue(
                RequestedMail(purpose: purpose, recipient: email),
                uniqueKey: UniqueKey("\(purpose.rawValue):\(key.text)", until: .started), in: tx)
        }
    }

    /// Makes a token and its mail where the address is an account's that can use them.
    func send(_ request: RequestedMail, _ tx: Transaction) throws {
        let found = try UserQueries.credentials(request.recipient, tx)
        guard let user = try found.flatMap({ try UserQueries.lockCredentials($0.id, tx) }),
            (EmailAddress(user.email)?.text ?? user.email) == request.recipient
        else { return }
        switch request.purpose {
        case .verification: try sendAnotherVerification(to: user, tx)
        case .passwordReset: try sendReset(to: user, tx)
        case .registration, .phoneCode, .phoneNumber, .dataExport: break
        }
    }

    private func sendAnotherVerification(to user: Credentials, _ tx: Transaction) throws {
        guard !user.isEmailVerified else { return }
        try sendVerification(core.random.token(), to: user.id, user.email, firstName: user.firstName, tx)
    }

    private func sendReset(to user: Credentials, _ tx: Transaction) throws {
        // Who put their own account to rest wakes it with the new password.
        guard user.status.isActive || !user.isDeactivatedByStaff, !user.status.isSuspended else { return }
        let isStaff = try UserQueries.account(user.id, tx)?.user.role.isStaff ?? false
        let token = try resetToken(for: user.id, lasting: core.configuration.resetLifetime, tx)
        let link = isStaff ? staffLink(token) : core.configuration.frontendURL + "/reset-password?token=" + token
        try core.sendSealed("password_reset", ["token": token, "link": link], to: user, tx)
    }

    /// Mails a link to choose a first password to somebody who is to work for the shop.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func sendInvitation(to id: UserID, _ tx: Transaction) throws {
        guard let user = try UserQueries.lockCredentials(id, tx) else { throw NotFound() }
        let token = try resetToken(for: id, lasting: core.configuration.invitationLifetime, tx)
        try core.sendSealed("staff_invitation", ["token": token, "link": staffLink(token)], to: user, tx)
    }

    /// Returns a new token that chooses a password, of which the digest is kept.
    private func resetToken(for user: UserID, lasting span: TimeSpan, _ tx: Transaction) throws -> String {
        let (token, now) = (core.random.token(), core.time.now)
        try ResetQueries.insert(Digest.hex(token), for: user, until: now + span, at: now, tx)
        return token
    }

    /// Returns the address of the admin's page that takes a token: staff need no storefront.
    private func staffLink(_ token: String) -> String { core.address() + "/admin/reset/?token=" + token }
}
