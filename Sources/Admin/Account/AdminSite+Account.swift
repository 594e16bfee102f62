import Web

/// The addresses of the reader's own account.
extension AdminSite {
    /// The account, and what is changed of it.
    var account: [Endpoint] {
        let base = AccountPages.address
        return [
            page(base, "Shows the reader's account.") { try await AccountPages($0).show() },
            form(base, "Changes the reader's name and language.") { try await AccountPages($0).save($1) },
            page(base + "email/", "Asks for another e-mail.") { await AccountPages($0).askEmail() },
            form(base + "email/", "Changes the reader's e-mail.") { await AccountPages($0).changeEmail($1) },
            page(base + "confirm/", "Asks for the code of a mail.") { await AccountPages($0).askConfirmation() },
            form(base + "confirm/", "Confirms the reader's e-mail.") { await AccountPages($0).confirmEmail($1) },
            form(base + "confirm/mail/", "Sends the mail again.", isKept: false) { visit, _ in
                try await AccountPages(visit).mailConfirmation()
            },
            page(base + "password/", "Asks for a new password.") { await AccountPages($0).askPassword() },
            form(base + "password/", "Changes the reader's password.") { await AccountPages($0).changePassword($1) },
        ] + factor
    }

    private var factor: [Endpoint] {
        let base = AccountPages.address
        return [
            page(base + "two-factor/", "Tells what two factors need.") { await AccountPages($0).askFactor() },
            form(base + "two-factor/", "Begins to set two factors up.") { await AccountPages($0).beginFactor($1) },
            form(base + "two-factor/code/", "Turns two factors on.") { await AccountPages($0).takeFirstCode($1) },
            page(base + "two-factor/off/", "Asks before two factors are turned off.") {
                await AccountPages($0).askTurningOff()
            },
            form(base + "two-factor/off/", "Turns two factors off.") { await AccountPages($0).turnFactorOff($1) },
            page(base + "backup-codes/", "Asks before new backup codes are made.") {
                await AccountPages($0).askRenewal()
            },
            form(base + "backup-codes/", "Makes new backup codes.") { await AccountPages($0).renewCodes($1) },
        ]
    }
}
