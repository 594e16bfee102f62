/// A commercial document: an invoice, a credit note, a delivery slip. All of its text is composed already; as JSON it
/// can be stored and drawn again unchanged.
public struct CommercialDocument: Sendable, Codable, Equatable {
    /// The time of issue, in UTC; the same document gives the same bytes.
    public struct Moment: Sendable, Codable, Equatable {
        /// The parts of the time, each counted as people do: the month from 1, the hour from 0.
        public let year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int

        /// Creates a time from its parts, unchecked.
        public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
            (self.year, self.month, self.day) = (year, month, day)
            (self.hour, self.minute, self.second) = (hour, minute, second)
        }
    }

    /// A heading with lines under it: an address.
    public struct Block: Sendable, Codable, Equatable {
        /// Printed in bold above the lines.
        public let heading: String
        /// The lines, none of them empty; long ones are wrapped.
        public let lines: [String]

        /// Creates a block; empty lines are left out.
        public init(_ heading: String, _ lines: [String]) {
            self.heading = heading
            self.lines = lines.filter { !$0.isEmpty }
        }
    }

    /// A name with its value: a date, a total.
    public struct Pair: Sendable, Codable, Equatable {
        /// The label on the left.
        public let name: String
        /// The text on the right, aligned to the right.
        public let value: String
        /// Whether it is printed in bold.
        public let isStrong: Bool

        /// Creates a pair, in regular type unless `isStrong`.
        public init(_ name: String, _ value: String, isStrong: Bool = false) {
            self.name = name
            self.value = value
            self.isStrong = isStrong
        }
    }

    /// A column of the table.
    public struct Column: Sendable, Codable, Equatable {
        /// The heading, repeated on each page.
        public let title: String
        /// The column's part of the width, relative to the shares of the others.
        public let share: Float
        /// Whether its cells are aligned to the right, as figures are.
        public let isFigure: Bool

        /// Creates a column, aligned to the left unless `isFigure`.
        public init(_ title: String, share: Float, isFigure: Bool = false) {
            self.title = title
            self.share = share
            self.isFigure = isFigure
        }
    }

    /// The kind and number: `Invoice INV-2026-000001`.
    public let title: String
    /// The name of the shop.
    public let issuer: String
    /// The shop's address and registrations.
    public let issuerLines: [String]
    /// The time of issue, also written into the PDF's properties.
    public let issuedAt: Moment
    /// Addresses, side by side; at most two are printed.
    public let blocks: [Block]
    /// Dates and numbers, beside the addresses.
    public let facts: [Pair]
    /// The columns of the table, from the left.
    public let columns: [Column]
    /// The rows of the table, with as many cells as there are columns.
    public let rows: [[String]]
    /// The sums below the table, kept on one page.
    public let totals: [Pair]
    /// Small print at the end.
    public let remarks: [String]
    /// The bar code below dates and numbers, with its text; nil for none.
    public let barcode: Barcode?
    /// The bar codes under the rows' first cells, one for each row, nil where it has none; nil for no bar codes at all.
    public let rowBarcodes: [Barcode?]?

    /// Creates a document; nothing is drawn yet.
    public init(
        title: String, issuer: String, issuerLines: [String], issuedAt: Moment, blocks: [Block], facts: [Pair],
        columns: [Column], rows: [[String]], totals: [Pair], remarks: [String] = [], barcode: Barcode? = nil,
        rowBarcodes: [Barcode?]? = nil
    ) {
        self.title = title
        self.issuer = issuer
        self.issuerLines = issuerLines
        self.issuedAt = issuedAt
        self.blocks = blocks
        self.facts = facts
        self.columns = columns
        self.rows = rows
        self.totals = totals
        self.remarks = remarks
        self.barcode = barcode
        self.rowBarcodes = rowBarcodes
    }
}

/// The reason why a document could not be made.
public enum DocumentError: Error, Sendable, Equatable {
    /// Memory or the fonts are missing.
    case unavailable
    /// libharu failed with this code.
    case failed(code: Int)
}
