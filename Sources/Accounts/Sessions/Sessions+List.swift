import Commerce
import Primitives
import SQL
import Web

extension Sessions {
    /// Lists the caller's live sessions, the last used first.
    ///
    /// - Throws: `NotFound` beyond the last page, `SQLError`.
    func live(of caller: Identity, _ page: PageRequest, _ call: APIRequest) async throws -> Page<SessionBody> {
        let now = core.time.now
        return try await core.database.read { connection in
            let count = try SessionQueries.countLive(of: caller.userID, at: now, connection)
            return try Page(count: count, page, of: call) {
                try SessionQueries.live(of: caller.userID, limit: page.limit, at: now, connection).map {
                    SessionBody($0, current: caller.sessionID, at: now)
                }
            }
        }
    }

    /// Finds the session that the caller speaks in.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func current(of caller: Identity) async throws -> SessionBody {
        let now = core.time.now
        let found = try await core.database.read {
            try SessionQueries.find(caller.sessionID, of: caller.userID, $0)
        }
        guard let found else { throw NotFound() }
        return SessionBody(found, current: caller.sessionID, at: now)
    }

    /// Ends one of the caller's sessions.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func terminate(_ id: SessionID, of caller: Identity, from client: RequestOrigin, in tx: Transaction) throws {
        guard try SessionQueries.end(id, of: caller.userID, .terminated, at: core.time.now, tx) else {
            throw NotFound()
        }
        try core.recordEvent(.sessionEnded, of: caller.userID, from: client, tx)
    }

    /// Ends the caller's sessions but the one that they speak in.
    ///
    /// - Throws: `SQLError`.
    func terminateOthers(of caller: Identity, from client: RequestOrigin, in tx: Transaction) throws {
        try core.endSessions(of: caller.userID, .terminated, keeping: caller.sessionID, tx)
        try core.recordEvent(.sessionsEnded, of: caller.userID, from: client, tx)
    }

    /// Ends all sessions of the caller.
    ///
    /// - Throws: `SQLError`.
    func logOutEverywhere(_ caller: Identity, from client: RequestOrigin, in tx: Transaction) throws {
        try core.endSessions(of: caller.userID, .logoutAll, tx)
        try core.recordEvent(.sessionsEnded, of: caller.userID, from: client, tx)
    }
}
