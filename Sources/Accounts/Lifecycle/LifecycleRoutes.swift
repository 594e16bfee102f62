import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The ends of an account: for a while, and for good.
struct LifecycleRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { [deactivate, reactivate, delete, export, download] }

    private var deactivate: Endpoint {
        Endpoint(
            .post, "/api/auth/account/deactivate/", "Put the account to rest; all sessions end.", access: .user
        ) { (call: APIRequest, input: ConfirmInput) -> Detail in
            try await accounts.deactivate(
                try call.caller(), password: input.password, code: input.code, from: accounts.client(call))
            return Detail("Your account is deactivated. You can reactivate it by your e-mail and password.")
        }
        .refusing(.forbidden, .tooManyRequests)
    }

    private var reactivate: Endpoint {
        Endpoint(
            .post, "/api/auth/account/reactivate/", "Wake a deactivated account up; log in afterwards.",
            access: .anyone
        ) { (call: APIRequest, input: LoginInput) -> Detail in
            try await accounts.reactivate(input.attempt(call, accounts))
            return Detail("Your account is active again.")
        }
        .refusing(.unauthorized, .tooManyRequests)
    }

    private var delete: Endpoint {
        Endpoint(
            .delete, "/api/auth/account/delete/",
            "Delete the account for good: who you are is erased, the books keep their amounts.", access: .user,
            status: .noContent
        ) { (call: APIRequest, input: DeleteAccountInput) -> NoContent in
            try await accounts.delete(
                try call.caller(), password: input.confirm.password, code: input.confirm.code,
                from: accounts.client(call))
            return NoContent()
        }
        .refusing(.forbidden, .tooManyRequests)
    }

    private var export: Endpoint {
        Endpoint(
            .post, "/api/auth/account/export-data/", "Ask for all data about you; a link to them is mailed.",
            access: .user, status: .accepted
        ) { (call: APIRequest, input: FreshCodeInput) -> Detail in
            try await accounts.requestExport(try call.caller(), code: input.code, from: accounts.client(call))
            return Detail("Your data are being gathered. A mail with a link is on its way.")
        }
        .refusing(.forbidden, .tooManyRequests)
    }

    private var download: Endpoint {
        Endpoint(
            .get, "/api/auth/account/export-data/{token}/", "The archive that a mailed link leads to.", access: .anyone
        ) { (call: APIRequest, _: NoInput) -> Reply<RawBody> in
            let bytes = try await accounts.exported(try call.text("token"))
            return Reply(
                RawBody(contentType: "application/zip", bytes: bytes),
                headers: [
                    .contentDisposition: "attachment; filename=\"account.zip\"", .cacheControl: "private, no-store",
                ])
        }
        .refusing(.notFound)
        .producing("application/zip")
        .limited(accounts.configuration.limits.guessesByAddress, name: "export")
    }
}

/// `DELETE /api/auth/account/delete/`.
struct DeleteAccountInput: Input {
    let confirm: ConfirmInput

    init(_ fields: Fields) {
        confirm = ConfirmInput(fields)
        let word = fields.string("confirmation", length: 1...20)
        if word != "DELETE", !fields.hasFailed("confirmation") {
            fields.fail("confirmation", "Type DELETE to confirm.")
        }
    }
}
