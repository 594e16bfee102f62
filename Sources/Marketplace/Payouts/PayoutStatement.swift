import Commerce
import Documents
import Modules
import Primitives
import SQL

/// What a payout is made of: what became available in its period by order, and what was carried over.
struct PayoutStatement: Sendable {
    let document: CommercialDocument

    /// Reads and composes the statement.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    init(_ payout: Payout, _ payouts: PayoutService, _ shop: ShopSettings, _ connection: Connection) throws {
        let currency = Currency(code: payout.currency) ?? payouts.currency
        let period = PayoutPeriod(start: payout.start, end: payout.end)
        let rows = try StatementQueries.rows(
            payout.vendor, from: payouts.zone.start(of: period.start),
            until: period.cutoff(at: payout.createdAt, in: payouts.zone), connection)
        let sum = try rows.map { try $0.net }.total()
        let text: (Money) -> String = { currency.text($0) }
        document = CommercialDocument(
            title: "Payout \(payout.id)", issuer: shop.name, issuerLines: shop.address,
            issuedAt: Self.moment(payout.createdAt), blocks: [.init("PAID TO", [payout.vendorName])],
            facts: [
                .init("Date", payouts.zone.day(of: payout.createdAt).description),
                .init("From", payout.start.description), .init("Until", payout.end.description),
                .init("Status", payout.status.rawValue),
            ] + (payout.reference.isEmpty ? [] : [.init("Reference", payout.reference)]),
            columns: [
                .init("Available", share: 16), .init("For", share: 26), .init("Sales", share: 14, isFigure: true),
                .init("Commission", share: 15, isFigure: true), .init("Taken back", share: 15, isFigure: true),
                .init("Net", share: 14, isFigure: true),
            ],
            rows: try rows.map { row in
                [
                    payouts.zone.day(of: row.moment).description, row.name, text(row.sale), text(row.commission),
                    text(row.back), text(try row.net),
                ]
            },
            totals: [
                .init("Available in this period", text(sum)),
                .init("Carried over", text(try payout.amount - sum)),
                .init("Paid out", "\(text(payout.amount)) \(payout.currency)", isStrong: true),
            ], remarks: payout.failureReason.isEmpty ? [] : ["It has failed: \(payout.failureReason)"])
    }

    private static func moment(_ moment: Timestamp) -> CommercialDocument.Moment {
        let day = CivilDate(secondsSinceEpoch: moment.seconds)
        let second = Int(moment.seconds % 86_400)
        return .init(
            year: day.year, month: day.month, day: day.day, hour: second / 3_600, minute: second / 60 % 60,
            second: second % 60)
    }
}
