import Commerce
import Primitives
import SQL

/// A numbered document of an order: its invoice, or the credit note of a return or a cancellation.
struct Invoice: RowDecodable, Sendable {
    enum Series: String, Sendable, SQLConvertible {
        case invoice
        case creditNote = "credit_note"

        var prefix: String { self == .invoice ? "INV" : "CN" }
    }

    static let columns: Query = "series, year, sequence, issued_at"

    let series: Series
    let year: Int
    /// Counted from 1 in each year, without gaps.
    let sequence: Int
    let issuedAt: Timestamp

    /// `INV-2026-000001`.
    var number: String {
        let digits = String(sequence)
        return "\(series.prefix)-\(year)-" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
    }

    init(series: Series, year: Int, sequence: Int, issuedAt: Timestamp) {
        self.series = series
        self.year = year
        self.sequence = sequence
        self.issuedAt = issuedAt
    }

    init(row: inout RowReader) throws {
        series = try row()
        year = try row()
        sequence = try row()
        issuedAt = try row()
    }
}
