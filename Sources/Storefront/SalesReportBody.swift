import Commerce
import HTTPTypes
import Primitives
import Web

/// A sales report as staff see it.
struct SalesReportBody: ResponseBody {
    /// The sums of the report or of one line; what does not apply is null.
    struct Sums: Codable, Sendable {
        let orders: Int?
        let units: Int
        let gross: Price
        let discount: Price
        let tax: Price
        let shipping: Price?
        let total: Price

        init(_ sums: SalesReport.Sums, _ currency: Currency) {
            orders = sums.orders
            units = sums.units
            gross = currency.price(sums.gross)
            discount = currency.price(sums.discount)
            tax = currency.price(sums.tax)
            shipping = sums.shipping.map(currency.price)
            total = currency.price(sums.total)
        }
    }

    struct Line: Codable, Sendable {
        let key: String
        let name: String
        let sums: Sums
    }

    let groupBy: String
    let from: String
    let to: String
    let timeZone: String
    let currency: String
    let summary: Sums
    let averageOrderValue: Price
    let refunds: Price
    let carts: Int
    let cartsOrdered: Int
    /// The share of carts begun that became orders, with four decimals; null without carts.
    let conversion: String?
    let results: [Line]

    /// - Throws: `OutOfRange`.
    init(_ report: SalesReport, zone: String, currency: Currency) throws(OutOfRange) {
        groupBy = report.grouping.rawValue
        from = report.from.description
        to = report.until.description
        timeZone = zone
        self.currency = currency.code
        summary = Sums(report.summary, currency)
        averageOrderValue = currency.price(try report.average)
        refunds = currency.price(report.refunds)
        carts = report.carts
        cartsOrdered = report.orderedCarts
        let share = Money(minorUnits: 10_000)
        conversion =
            report.carts == 0
            ? nil
            : try share.portion(Int64(report.orderedCarts), of: Int64(report.carts)).minorUnits.decimalText(
                scale: 4, atLeast: 4)
        results = report.lines.map { Line(key: $0.key, name: $0.name, sums: Sums($0.sums, currency)) }
    }
}

/// A report in the format that was asked for.
struct SalesReportAnswer: EndpointOutput {
    let body: SalesReportBody
    let isCSV: Bool

    static var bodySchema: JSONSchema? { SalesReportBody.bodySchema }
    static var mediaType: String? { SalesReportBody.mediaType }

    func response(_ status: HTTPResponse.Status) throws -> APIResponse {
        guard isCSV else { return try body.response(status) }
        let name = "sales-by-\(body.groupBy)-\(body.from)-\(body.to).csv"
        return APIResponse(
            status: status,
            headers: [
                .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name)\"",
            ], body: Array(csv.utf8))
    }

    private var csv: String {
        let head = [body.groupBy, "name", "orders", "units", "gross", "discount", "tax", "shipping", "total"]
        let lines = body.results.map { line in
            CSVText.line(
                [.text(line.key), .text(line.name), .plain(line.sums.orders.map(String.init) ?? "")]
                    + [.plain(String(line.sums.units)), .plain(line.sums.gross.description)]
                    + [.plain(line.sums.discount.description), .plain(line.sums.tax.description)]
                    + [.plain(line.sums.shipping?.description ?? ""), .plain(line.sums.total.description)])
        }
        return CSVText.line(head.map { .plain($0) }) + lines.joined()
    }
}
