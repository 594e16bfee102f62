import Commerce
import HTTPTypes
import Primitives
import SQL
import Vendors
import Web

/// The endpoints by which vendors see what they have sold and earned.
struct VendorMoneyRoutes: Sendable {
    /// Vendors; staff who manage no vendor find nothing.
    static let access = Access.vendorOr(PayoutRoutes.permission)

    let database: any Database
    let payouts: PayoutService
    /// Counts over all that a vendor sold.
    private let counts = RecentValues<VendorID, VendorSalesQueries.Dashboard>()

    init(database: any Database, payouts: PayoutService) {
        self.database = database
        self.payouts = payouts
    }

    private var currency: Currency { payouts.currency }

    var group: EndpointGroup {
        EndpointGroup(
            "Vendors",
            [
                Endpoint(
                    .get, "/api/vendors/dashboard/",
                    "Sums up the caller's sales, goods and balance; counts of many orders may be a second old.",
                    access: Self.access, use: dashboard
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/vendors/analytics/", "Sums up the caller's sales by day, product or category.",
                    access: Self.access, use: analyze
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/vendors/payouts/", "Lists the caller's payouts, the newest first.", access: Self.access,
                    use: listPayouts
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/vendors/ledger/", "Lists the entries of the caller's account, the newest first.",
                    access: Self.access, use: listEntries
                ).refusing(.notFound),
            ])
    }

    private func dashboard(_ call: APIRequest, _: NoInput) async throws -> DashboardBody {
        let (user, now) = (try call.caller().userID, payouts.time.now)
        return try await database.read { connection in
            let vendor = try Self.vendor(of: user, connection)
            return try DashboardBody(
                vendor,
                counts.value(of: vendor.id, where: { $0.orders >= 2_000 }) {
                    try VendorSalesQueries.dashboard(of: vendor.id, connection)
                },
                VendorAccountQueries.balance(of: vendor.id, at: now, connection),
                recent: VendorSalesQueries.recent(of: vendor.id, connection), currency: currency)
        }
    }

    private func analyze(_ call: APIRequest, _ input: AnalyticsInput) async throws -> AnalyticsBody {
        let user = try call.caller().userID
        let (from, until) = try input.days(today: payouts.zone.day(of: payouts.time.now))
        return try await database.report { connection in
            let vendor = try Self.vendor(of: user, connection).id
            let report = try VendorAnalytics.read(
                vendor, by: input.grouping, from: from, until: until, zone: payouts.zone, connection)
            return try AnalyticsBody(report, currency: currency)
        }
    }

    private func listPayouts(_ call: APIRequest, _ input: OwnPayoutListInput) async throws -> Page<PayoutBody> {
        let user = try call.caller().userID
        let found = try await database.read { connection in
            let vendor = try Self.vendor(of: user, connection).id
            let filter = PayoutListQueries.Filter(vendor: vendor, status: input.status)
            return try PageRows(count: PayoutListQueries.count(filter, connection), input.page) {
                try PayoutListQueries.list(filter, by: Ordering(.createdAt, descending: true), input.page, connection)
            }
        }
        return try Page(found, input.page, of: call) { PayoutBody($0, currency: currency) }
    }

    private func listEntries(_ call: APIRequest, _ input: VendorLedgerInput) async throws -> Page<VendorEntryBody> {
        let user = try call.caller().userID
        let found = try await database.read { connection in
            let vendor = try Self.vendor(of: user, connection).id
            return try PageRows(count: VendorAccountQueries.count(of: vendor, input.kind, connection), input.page) {
                try VendorAccountQueries.list(of: vendor, input.kind, input.page, connection)
            }
        }
        return try Page(found, input.page, of: call) { VendorEntryBody($0, currency: currency) }
    }

    /// Returns the vendor that a user manages.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    static func vendor(of user: UserID, _ connection: Connection) throws -> Vendor {
        guard let vendor = try VendorAccess.merchant(of: user, connection) else { throw NotFound() }
        return vendor
    }
}

/// The query parameters of a vendor's analytics.
struct AnalyticsInput: Input {
    /// The most days of a report: five years.
    static let maxDays = 1_830

    let grouping: VendorAnalytics.Grouping
    let from: CivilDate?
    let until: CivilDate?

    init(_ fields: Fields) {
        grouping = fields.choice("group_by", .optional(.day))
        from = fields.optionalDate("from")
        until = fields.optionalDate("until")
    }

    /// Returns the first and the last day of the report, both included; the last thirty days where none is given.
    ///
    /// - Throws: `ValidationError` on `until`.
    func days(today: CivilDate) throws -> (from: CivilDate, until: CivilDate) {
        let until = until ?? max(today, from ?? today)
        let from = from ?? CivilDate(daysSinceEpoch: until.daysSinceEpoch - 29)
        guard from <= until else { throw ValidationError("until", "This has to be no earlier than from.") }
        guard until.daysSinceEpoch - from.daysSinceEpoch < Self.maxDays else {
            throw ValidationError("until", "A report covers \(Self.maxDays) days at most.")
        }
        return (from, until)
    }
}
