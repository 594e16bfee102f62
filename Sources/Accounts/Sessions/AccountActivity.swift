import Commerce
import Primitives
import SQL
import Web

/// The history of accounts, and reports by their owners.
struct AccountActivity: Sendable {
    let core: AccountsCore

    /// Lists the logins of a user, good and bad.
    ///
    /// - Throws: `NotFound` beyond the last page, `SQLError`.
    func logins(
        of user: UserID, _ status: LoginStatus?, _ page: PageRequest, _ call: APIRequest
    ) async throws -> Page<LoginEntryBody> {
        try await core.database.read { connection in
            let count = try LoginQueries.count(of: user, status, connection)
            return try Page(count: count, page, of: call) {
                try LoginQueries.list(of: user, status, limit: page.limit, connection).map(LoginEntryBody.init)
            }
        }
    }

    /// Lists what has happened to a user's account, the newest first.
    ///
    /// - Throws: `NotFound` beyond the last page, `SQLError`.
    func events(of user: UserID, _ page: PageRequest, _ call: APIRequest) async throws -> Page<AccountEventBody> {
        try await core.database.read { connection in
            let count = try AccountEventQueries.count(of: user, connection)
            return try Page(count: count, page, of: call) {
                try AccountEventQueries.list(of: user, limit: page.limit, connection).map(AccountEventBody.init)
            }
        }
    }

    /// Takes a report: ends the other sessions and the social logins, marks the login that it is about, and mails the
    /// owner.
    ///
    /// - Throws: `ValidationError` on `login_history_id`, `SQLError`.
    func report(_ input: ReportInput, by caller: Identity, from client: RequestOrigin, in tx: Transaction) throws {
        guard let known = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
        if let login = input.login {
            guard try LoginQueries.flag(login, of: known.id, tx) else {
                throw ValidationError("login_history_id", "Invalid pk \"\(login)\" - object does not exist.")
            }
        }
        let now = core.time.now
        try LoginQueries.insertReport(input.description, about: input.login, by: known.id, at: now, tx)
        let ended = try core.endSessions(of: known.id, .reported, keeping: caller.sessionID, tx)
        let parted = try partStrangers(known, tx)
        try core.recordEvent(.reported, of: known.id, from: client, tx)
        try core.sendNotice(
            "suspicious_activity", to: known,
            with: ["ended_sessions": .number(String(ended)), "parted_logins": .number(String(parted))], tx)
    }

    /// Parts the social logins that a stranger may have joined, and says how many: all where there is a password,
    /// otherwise all but the one of the account's own e-mail, or else the first, which is the way in.
    private func partStrangers(_ user: Credentials, _ tx: Transaction) throws -> Int {
        let all = try SocialQueries.all(of: user.id, tx)
        let own = all.first { $0.email == user.email } ?? all.min { $0.createdAt < $1.createdAt }
        let strangers = all.filter { !user.passwordHash.isEmpty || $0.provider != own?.provider }
        for account in strangers {
            guard let provider = SocialProvider(rawValue: account.provider) else { continue }
            _ = try SocialQueries.delete(provider, of: user.id, tx)
        }
        return strangers.count
    }
}
