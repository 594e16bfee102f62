import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// Deactivation, deletion and data export of an account.
struct LifecycleRoutes: Sendable {
    let core: AccountsCore
    let lifecycle: AccountLifecycle
    let exports: DataExports

    var group: EndpointGroup {
        EndpointGroup(
            "Account", "Deactivation, deletion and the archive of an account.",
            [deactivating, reactivating, deleting, exporting, downloading])
    }

    private var deactivating: Endpoint {
        Endpoint(
            .post, "/api/auth/account/deactivate/", "Puts the account to rest; all sessions end.", access: .user,
            use: deactivate
        )
        .refusing(.forbidden, .tooManyRequests)
    }

    private var reactivating: Endpoint {
        Endpoint(
            .post, "/api/auth/account/reactivate/", "Wakes a deactivated account up; log in afterwards.",
            access: .anyone, use: reactivate
        )
        .refusing(.unauthorized, .tooManyRequests)
    }

    private var deleting: Endpoint {
        Endpoint(
            .delete, "/api/auth/account/delete/",
            "Deletes the account for good: who you are is erased, the books keep their amounts.", access: .user,
            status: .noContent, use: delete
        )
        .refusing(.forbidden, .tooManyRequests)
    }

    private var exporting: Endpoint {
        Endpoint(
            .post, "/api/auth/account/export-data/", "Asks for all data about you; a link to them is mailed.",
            access: .user, status: .accepted, use: export
        )
        .refusing(.forbidden, .tooManyRequests)
    }

    private var downloading: Endpoint {
        Endpoint(
            .get, "/api/auth/account/export-data/{token}/", "Sends the archive that a mailed link leads to.",
            access: .anyone, use: download
        )
        .refusing(.notFound)
        .producing("application/zip")
        .limited(core.limits.guessesByAddress, name: "export")
    }

    private func deactivate(_ call: APIRequest, _ input: ConfirmInput) async throws -> Detail {
        try await lifecycle.deactivate(
            call.caller(), password: input.password, code: input.code, from: core.client(call))
        return Detail("Your account is deactivated. You can reactivate it by your e-mail and password.")
    }

    private func reactivate(_ call: APIRequest, _ input: LoginInput) async throws -> Detail {
        try await lifecycle.reactivate(input.attempt(call, from: core.client(call)))
        return Detail("Your account is active again.")
    }

    private func delete(_ call: APIRequest, _ input: DeleteAccountInput) async throws -> NoContent {
        try await lifecycle.delete(
            call.caller(), password: input.confirm.password, code: input.confirm.code, from: core.client(call))
        return NoContent()
    }

    private func export(_ call: APIRequest, _ input: FreshCodeInput) async throws -> Detail {
        try await exports.request(call.caller(), code: input.code, from: core.client(call))
        return Detail("Your data are being gathered. A mail with a link is on its way.")
    }

    private func download(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        Reply(
            RawBody(contentType: "application/zip", bytes: try await exports.archive(call.text("token"))),
            headers: [
                .contentDisposition: "attachment; filename=\"account.zip\"", .cacheControl: "private, no-store",
            ])
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
