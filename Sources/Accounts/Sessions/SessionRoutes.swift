import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The caller's sessions.
struct SessionRoutes: Sendable {
    let core: AccountsCore
    let sessions: Sessions

    var group: EndpointGroup {
        EndpointGroup(
            "Sessions", "Where a user is logged in.", [listing, showing, terminating, terminatingOthers, loggingOut])
    }

    private var listing: Endpoint {
        Endpoint(
            .get, "/api/auth/sessions/", "Lists the caller's live sessions, the last used first.", access: .user,
            use: list
        )
        .refusing(.notFound)
    }

    private var showing: Endpoint {
        Endpoint(
            .get, "/api/auth/sessions/current/", "Shows the session that the caller speaks in.", access: .user,
            use: current)
    }

    private var terminating: Endpoint {
        Endpoint(
            .delete, "/api/auth/sessions/{id}/", "Ends one of the caller's sessions, at once.", access: .user,
            status: .noContent, in: core.database, use: terminate
        )
        .refusing(.notFound)
    }

    private var terminatingOthers: Endpoint {
        Endpoint(
            .delete, "/api/auth/sessions/terminate-all/", "Ends all sessions of the caller but this one, at once.",
            access: .user, status: .noContent, in: core.database, use: terminateOthers
        )
        // Whoever has a session must not end all others again and again.
        .limited(.perUser(10, per: .hours(1), name: "terminate"))
    }

    private var loggingOut: Endpoint {
        Endpoint(
            .post, "/api/auth/logout-all/", "Ends all sessions of the caller, this one too.", access: .user,
            in: core.database, use: logOutEverywhere)
    }

    private func list(_ call: APIRequest, _ input: PageInput) async throws -> Page<SessionBody> {
        try await sessions.live(of: call.caller(), input.page, call)
    }

    private func current(_ call: APIRequest, _: NoInput) async throws -> SessionBody {
        try await sessions.current(of: call.caller())
    }

    private func terminate(_ call: APIRequest, _: NoInput, in tx: Transaction) throws -> NoContent {
        let caller = try call.caller()
        try sessions.terminate(call.id("id", as: SessionID.self), of: caller, from: core.client(call), in: tx)
        return NoContent()
    }

    private func terminateOthers(_ call: APIRequest, _: NoInput, in tx: Transaction) throws -> NoContent {
        try sessions.terminateOthers(of: call.caller(), from: core.client(call), in: tx)
        return NoContent()
    }

    private func logOutEverywhere(_ call: APIRequest, _: NoInput, in tx: Transaction) throws -> Detail {
        try sessions.logOutEverywhere(call.caller(), from: core.client(call), in: tx)
        return Detail("Successfully logged out of all devices.")
    }
}
