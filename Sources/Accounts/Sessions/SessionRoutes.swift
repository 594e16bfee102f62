import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The caller's sessions.
struct SessionRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { [list, current, terminate, terminateOthers, logoutAll] }

    private var list: Endpoint {
        Endpoint(.get, "/api/auth/sessions/", "The caller's live sessions, the last used first.", access: .user) {
            (call: APIRequest, input: PageInput) -> Page<SessionBody> in
            let (caller, now) = (try call.caller(), accounts.time.now)
            return try await accounts.database.read { connection in
                let count = try SessionQueries.countLive(of: caller.userID, at: now, connection)
                return try Page(count: count, input.page, of: call) {
                    let found = try SessionQueries.live(of: caller.userID, limit: input.page.limit, at: now, connection)
                    return found.map { SessionBody($0, current: caller.sessionID, at: now) }
                }
            }
        }
        .refusing(.notFound)
    }

    private var current: Endpoint {
        Endpoint(.get, "/api/auth/sessions/current/", "The session that the caller speaks in.", access: .user) {
            (call: APIRequest, _: NoInput) -> SessionBody in
            let (caller, now) = (try call.caller(), accounts.time.now)
            let found = try await accounts.database.read {
                try SessionQueries.find(caller.sessionID, of: caller.userID, $0)
            }
            guard let found else { throw NotFound() }
            return SessionBody(found, current: caller.sessionID, at: now)
        }
    }

    private var terminate: Endpoint {
        Endpoint(
            .delete, "/api/auth/sessions/{id}/", "End one of the caller's sessions, at once.", access: .user,
            status: .noContent, in: accounts.database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            let (caller, id) = (try call.caller(), try call.id("id", as: SessionID.self))
            guard try SessionQueries.end(id, of: caller.userID, .terminated, at: accounts.time.now, tx) else {
                throw NotFound()
            }
            try accounts.noteEvent(.sessionEnded, of: caller.userID, from: accounts.client(call), tx)
            return NoContent()
        }
        .refusing(.notFound)
    }

    private var terminateOthers: Endpoint {
        Endpoint(
            .delete, "/api/auth/sessions/terminate-all/", "End all sessions of the caller but this one, at once.",
            access: .user, status: .noContent, in: accounts.database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            let caller = try call.caller()
            try accounts.endSessions(of: caller.userID, .terminated, keeping: caller.sessionID, tx)
            try accounts.noteEvent(.sessionsEnded, of: caller.userID, from: accounts.client(call), tx)
            return NoContent()
        }
        // Whoever has a session must not end all others again and again.
        .limited(.perUser(10, per: .hours(1), name: "terminate"))
    }

    private var logoutAll: Endpoint {
        Endpoint(
            .post, "/api/auth/logout-all/", "End all sessions of the caller, this one too.", access: .user,
            in: accounts.database
        ) { (call: APIRequest, _: NoInput, tx) -> Detail in
            let caller = try call.caller()
            try accounts.endSessions(of: caller.userID, .logoutAll, tx)
            try accounts.noteEvent(.sessionsEnded, of: caller.userID, from: accounts.client(call), tx)
            return Detail("Successfully logged out of all devices.")
        }
    }
}
