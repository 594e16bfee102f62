/// A paper of trade: an invoice, a credit note, a delivery slip. All of its text is written already; as JSON it can be kept
/// and drawn again as it was.
public struct CommercialDocument: Sendable, Codable, Equatable {
    /// When it was made, in UTC; the same document gives the same bytes.
    public struct Moment: Sendable, Codable, Equatable {
        public let year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int

        public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
            (self.year, self.month, self.day) = (year, month, day)
            (self.hour, self.minute, self.second) = (hour, minute, second)
        }
    }

    /// A heading with lines under it: an address.
    public struct Block: Sendable, Codable, Equatable {
        public let heading: String
        public let lines: [String]

        public init(_ heading: String, _ lines: [String]) {
            self.heading = heading
            self.lines = lines.filter { !$0.isEmpty }
        }
    }

    /// A name and what stands beside it: a date, a total.
    public struct Pair: Sendable, Codable, Equatable {
        public let name: String
        public let value: String
        public let isStrong: Bool

        public init(_ name: String, _ value: String, isStrong: Bool = false) {
            self.name = name
            self.value = value
            self.isStrong = isStrong
        }
    }

    /// A column of the table.
    public struct Column: Sendable, Codable, Equatable {
        public let title: String
        /// What it takes of the width beside the others.
        public let share: Float
        /// Figures stand on the right.
        public let isFigure: Bool

        public init(_ title: String, share: Float, isFigure: Bool = false) {
            self.title = title
            self.share = share
            self.isFigure = isFigure
        }
    }

    /// `Invoice INV-2026-000001`.
    public let title: String
    /// The shop.
    public let issuer: String
    /// Its address and registrations.
    public let issuerLines: [String]
    public let issuedAt: Moment
    /// Addresses, beside each other; at most two.
    public let blocks: [Block]
    /// Dates and numbers.
    public let facts: [Pair]
    public let columns: [Column]
    /// As many cells as there are columns.
    public let rows: [[String]]
    /// Below the table, kept together.
    public let totals: [Pair]
    /// Small print at the end.
    public let remarks: [String]

    public init(
        title: String, issuer: String, issuerLines: [String], issuedAt: Moment, blocks: [Block], facts: [Pair],
        columns: [Column], rows: [[String]], totals: [Pair], remarks: [String] = []
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
    }
}

/// Why a document could not be made.
public enum DocumentError: Error, Sendable, Equatable {
    /// Memory, or the fonts, are missing.
    case unavailable
    /// libharu's own code.
    case failed(code: Int)
}
