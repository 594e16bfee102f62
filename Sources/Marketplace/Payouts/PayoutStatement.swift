import Commerce
import Documents
import Modules
import Orders
import Primitives
import SQL

/// What a payout is made of: what became available in its period by order, and what was carried over.
struct PayoutStatement: Sendable {
    /// The most lines of orders; where there are more, a line is a day.
    static let maxLines = 500

    let document: CommercialDocument

    /// Reads and composes the statement.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    init(_ payout: Payout, _ payouts: PayoutService, _ shop: ShopSettings, _ connection: Connection) throws {
        let currency = Currency(code: payout.currency) ?? payouts.currency
        let rows = try Self.rows(payout, payouts.zone, connection)
        let sum = try rows.map { try $0.net }.total()
        let text: (Money) -> String = { currency.text($0) }
        document = CommercialDocument(
            title: "Payout \(payout.id)", issuer: shop.name, issuerLines: shop.address,
            issuedAt: .init(payout.createdAt), blocks: [.init("PAID TO", [payout.vendorName])],
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

    private static func rows(
        _ payout: Payout, _ zone: TimeZoneRules, _ connection: Connection
    ) throws -> [StatementQueries.Row] {
        let period = PayoutPeriod(start: payout.start, end: payout.end)
        let (start, end) = (zone.start(of: period.start), period.cutoff(at: payout.createdAt, in: zone))
        let rows = try StatementQueries.rows(
            payout.vendor, from: start, until: end, limit: maxLines + 1, connection)
        guard rows.count > maxLines else { return rows }
        return try days(StatementQueries.slots(payout.vendor, from: start, until: end, connection), zone)
    }

    /// Sums quarters of an hour up by the days of the shop.
    private static func days(
        _ slots: [(row: StatementQueries.Row, entries: Int)], _ zone: TimeZoneRules
    ) throws -> [StatementQueries.Row] {
        let days = Dictionary(grouping: slots) { zone.day(of: $0.row.moment).daysSinceEpoch }
        return try days.sorted { $0.key < $1.key }.map { day, slots in
            let entries = try slots.reduce(0) { try $0.plus($1.entries) }
            return StatementQueries.Row(
                moment: zone.start(of: CivilDate(daysSinceEpoch: day)), name: "\(entries) entries",
                sale: try slots.map { $0.row.sale }.total(), commission: try slots.map { $0.row.commission }.total(),
                back: try slots.map { $0.row.back }.total())
        }
    }
}
