import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// What has happened to the caller's account, and what they think of it.
struct SecurityRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { [logins, activity, report] }

    private var logins: Endpoint {
        Endpoint(.get, "/api/auth/login-history/", "Logins of the caller's account, good and bad.", access: .user) {
            (call: APIRequest, input: LoginHistoryInput) -> Page<LoginEntryBody> in
            let user = try call.caller().userID
            return try await accounts.database.read { connection in
                let count = try LoginQueries.count(of: user, input.status, connection)
                return try Page(count: count, input.page, of: call) {
                    try LoginQueries.list(of: user, input.status, limit: input.page.limit, connection).map(
                        LoginEntryBody.init)
                }
            }
        }
        .refusing(.notFound)
    }

    private var activity: Endpoint {
        Endpoint(
            .get, "/api/auth/security/activity/", "What has happened to the caller's account, the newest first.",
            access: .user
        ) { (call: APIRequest, input: PageInput) -> Page<AccountEventBody> in
            let user = try call.caller().userID
            return try await accounts.database.read { connection in
                let count = try AccountEventQueries.count(of: user, connection)
                return try Page(count: count, input.page, of: call) {
                    try AccountEventQueries.list(of: user, limit: input.page.limit, connection).map(
                        AccountEventBody.init)
                }
            }
        }
        .refusing(.notFound)
    }

    private var report: Endpoint {
        Endpoint(
            .post, "/api/auth/security/report-suspicious/",
            "Report something strange: all other sessions and social logins end, and the shop looks at it.",
            access: .user,
            in: accounts.database
        ) { (call: APIRequest, input: ReportInput, tx) -> Detail in
            try accounts.report(input, by: try call.caller(), from: accounts.client(call), in: tx)
            return Detail("Thank you. All your other sessions have been ended.")
        }
        .limited(.perUser(10, per: .hours(1), name: "report"))
    }
}

extension AccountsService {
    /// Takes a report: ends the other sessions and the social logins, marks the login that it is about, and mails the owner.
    ///
    /// - Throws: `ValidationError` on `login_history_id`, `SQLError`.
    func report(_ input: ReportInput, by caller: Identity, from client: RequestOrigin, in tx: Transaction) throws {
        guard let known = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
        if let login = input.login {
            guard try LoginQueries.flag(login, of: known.id, tx) else {
                throw ValidationError("login_history_id", "Invalid pk \"\(login)\" - object does not exist.")
            }
        }
        let now = time.now
        try LoginQueries.insertReport(input.description, about: input.login, by: known.id, at: now, tx)
        let ended = try endSessions(of: known.id, .reported, keeping: caller.sessionID, tx)
        let parted = try partStrangers(known, tx)
        try recordEvent(.reported, of: known.id, from: client, tx)
        try sendNotice(
            "suspicious_activity", to: known,
            with: ["ended_sessions": .number(String(ended)), "parted_logins": .number(String(parted))], tx)
    }

    /// Parts the social logins that a stranger may have joined, and says how many: all where there is a password, otherwise all
    /// but the one of the account's own e-mail, or else the first, which is the way in.
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

/// Which logins to list.
struct LoginHistoryInput: Input {
    let status: LoginStatus?
    let page: PageRequest

    init(_ fields: Fields) {
        status = fields.optionalChoice("status", of: LoginStatus.self)
        page = fields.page()
    }
}

/// `POST /api/auth/security/report-suspicious/`.
struct ReportInput: Input {
    let description: String
    let login: Int64?

    init(_ fields: Fields) {
        description = fields.string("description", length: 1...2_000)
        login = fields.optionalInteger("login_history_id", in: 1...Int(Int64.max)).map { Int64($0) }
    }
}

/// A login, good or bad.
struct LoginEntryBody: ResponseBody {
    let id: Int64
    let status: LoginStatus
    let failureReason: String?
    let ipAddress: String
    let device: DeviceBody
    let location: PlaceBody
    let isFlagged: Bool
    let createdAt: Timestamp

    init(_ entry: LoginEntry) {
        id = entry.id
        status = entry.status
        failureReason = entry.reason.isEmpty ? nil : entry.reason
        ipAddress = entry.address
        device = DeviceBody(entry.userAgent)
        location = PlaceBody(entry.place)
        isFlagged = entry.isFlagged
        createdAt = entry.createdAt
    }
}

/// An entry of an account's history.
struct AccountEventBody: ResponseBody {
    let id: Int64
    let kind: String
    let ipAddress: String
    let device: DeviceBody
    let detail: String?
    let createdAt: Timestamp

    init(_ event: AccountEvent) {
        id = event.id
        kind = event.kind
        ipAddress = event.address
        device = DeviceBody(event.userAgent)
        detail = event.detail.isEmpty ? nil : event.detail
        createdAt = event.createdAt
    }
}
