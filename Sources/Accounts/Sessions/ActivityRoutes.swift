import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The history of the caller's account, and their reports.
struct ActivityRoutes: Sendable {
    let core: AccountsCore
    let activity: AccountActivity

    var group: EndpointGroup {
        EndpointGroup(
            "Account activity", "Logins and what happened to an account.", [listingLogins, listingEvents, reporting])
    }

    private var listingLogins: Endpoint {
        Endpoint(
            .get, "/api/auth/login-history/", "Lists logins of the caller's account, good and bad.", access: .user,
            use: logins
        )
        .refusing(.notFound)
    }

    private var listingEvents: Endpoint {
        Endpoint(
            .get, "/api/auth/security/activity/", "Lists what has happened to the caller's account, the newest first.",
            access: .user, use: events
        )
        .refusing(.notFound)
    }

    private var reporting: Endpoint {
        Endpoint(
            .post, "/api/auth/security/report-suspicious/",
            "Reports something strange: all other sessions and social logins end, and the shop looks at it.",
            access: .user, in: core.database, use: report
        )
        .limited(.perUser(10, per: .hours(1), name: "report"))
    }

    private func logins(_ call: APIRequest, _ input: LoginHistoryInput) async throws -> Page<LoginEntryBody> {
        try await activity.logins(of: call.caller().userID, input.status, input.page, call)
    }

    private func events(_ call: APIRequest, _ input: PageInput) async throws -> Page<AccountEventBody> {
        try await activity.events(of: call.caller().userID, input.page, call)
    }

    private func report(_ call: APIRequest, _ input: ReportInput, in tx: Transaction) throws -> Detail {
        try activity.report(input, by: call.caller(), from: core.client(call), in: tx)
        return Detail("Thank you. All your other sessions have been ended.")
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
