import Commerce
import Jobs
import Primitives
import SQL

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
        let (token, now) = (core.random.token(), core.time.now)
        try ResetQueries.insert(
            Digest.hex(token), for: user.id, until: now + core.configuration.resetLifetime, at: now, tx)
        try core.sendSealed(
            "password_reset",
            ["token": token, "link": core.configuration.frontendURL + "/reset-password?token=" + token], to: user, tx)
    }
}
