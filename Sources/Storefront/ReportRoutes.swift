import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of reports for staff.
public struct ReportRoutes: Sendable {
    static let permission = "reports.view"
    /// The most days of a report: five years.
    static let maxDays = 1_830

    let database: any Database
    let currency: Currency
    let zone: TimeZoneRules
    let time: TimeSource

    /// Creates the endpoints; days begin and end at midnight of `zone`.
    public init(database: any Database, currency: Currency, zone: TimeZoneRules, time: TimeSource = .machine) {
        self.database = database
        self.currency = currency
        self.zone = zone
        self.time = time
    }

    /// The endpoint of the sales report, by days of the shop's time zone.
    public var group: EndpointGroup {
        EndpointGroup(
            "Reports", "What was sold.",
            [
                Endpoint(
                    .get, "/api/admin/reports/sales/",
                    "Sums up what was sold by day, week, month, product, category, vendor or coupon, as JSON or CSV.",
                    access: .staff(Self.permission), use: sumUpSales
                ).producing("application/json", "text/csv")
            ])
    }

    private func sumUpSales(_: APIRequest, _ input: SalesReportInput) async throws -> SalesReportAnswer {
        let (from, until) = try input.days(today: zone.day(of: time.now))
        let report = try await database.report {
            try SalesReport.read(by: input.grouping, from: from, until: until, zone: zone, limit: input.limit, $0)
        }
        let body = try SalesReportBody(report, zone: zone.name, currency: currency)
        return SalesReportAnswer(body: body, isCSV: input.format == .csv)
    }
}

/// The query parameters of a sales report.
struct SalesReportInput: Input {
    enum Format: String, Sendable, CaseIterable {
        case json
        case csv
    }

    let grouping: SalesReport.Grouping
    let from: CivilDate?
    let until: CivilDate?
    /// The most lines of a report by product, category, vendor or coupon.
    let limit: Int
    let format: Format

    init(_ fields: Fields) {
        grouping = fields.choice("group_by", .optional(.day))
        from = fields.optionalDate("from")
        until = fields.optionalDate("to")
        let most = SalesReportQueries.maxLines
        limit = fields.integer("limit", .optional(most), in: 1...most)
        format = fields.choice("format", .optional(.json))
    }

    /// Returns the first and the last day of the report, both included; the last thirty days where none is given.
    ///
    /// - Throws: `ValidationError` on `to`.
    func days(today: CivilDate) throws -> (from: CivilDate, until: CivilDate) {
        let until = until ?? max(today, from ?? today)
        let from = from ?? CivilDate(daysSinceEpoch: until.daysSinceEpoch - 29)
        guard from <= until else { throw ValidationError("to", "This has to be no earlier than from.") }
        guard until.daysSinceEpoch - from.daysSinceEpoch < ReportRoutes.maxDays else {
            throw ValidationError("to", "A report covers \(ReportRoutes.maxDays) days at most.")
        }
        return (from, until)
    }
}
