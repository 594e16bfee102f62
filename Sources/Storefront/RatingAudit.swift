import Commerce
import SQL

/// Compares what the ratings of products say with their approved reviews.
public struct RatingAudit: Sendable {
    /// A product whose ratings do not say what its reviews add up to.
    public struct Difference: Sendable, Hashable, CustomStringConvertible {
        /// The product.
        public let product: ProductID
        /// The sum, the number, the number of buyers' and the number of each rating from 1 to 5, as they are kept.
        public let kept: [Int]
        /// The same, counted from the reviews.
        public let counted: [Int]

        /// One line for a report.
        public var description: String {
            "product \(product): ratings (sum, count, verified, 1 to 5): \(kept) kept, \(counted) counted"
        }
    }

    /// Returns the products whose ratings do not add up, at most 1,000.
    ///
    /// - Throws: `SQLError`.
    public static func differences(_ connection: Connection) throws -> [Difference] {
        try RatingAuditQueries.differences(connection)
    }
}
