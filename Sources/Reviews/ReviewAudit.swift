import Commerce
import SQL

/// Compares the counters of reviews with the rows that they count.
public struct ReviewAudit: Sendable {
    /// Two numbers that should be equal and are not.
    public struct Difference: Sendable, Hashable, CustomStringConvertible {
        /// The comparisons, worded for reports.
        public enum Rule: String, Sendable {
            case helpful = "helpful votes"
            case notHelpful = "votes that are not helpful"
            case images = "pictures"
        }

        /// The comparison that failed.
        public let rule: Rule
        /// The review.
        public let review: ReviewID
        /// The number that the review's row says.
        public let kept: Int
        /// The number of rows.
        public let counted: Int

        /// One line for a report.
        public var description: String { "review \(review): \(rule.rawValue): \(kept) kept, \(counted) counted" }
    }

    /// Returns everything that does not add up, at most 1,000 reviews for votes and for pictures.
    ///
    /// - Throws: `SQLError`.
    public static func differences(_ connection: Connection) throws -> [Difference] {
        try ReviewAuditQueries.votes(connection) + ReviewAuditQueries.images(connection)
    }
}
