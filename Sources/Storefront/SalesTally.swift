import Commerce
import Jobs
import Primitives
import SQL

/// Counts what was sold of each product in the last ninety days: the order of a list by popularity.
public struct SalesTally: ExternalJobPayload {
    public static let kind = "storefront.sales_tally"

    static let window = TimeSpan.days(90)

    public init() {}

    /// Every hour.
    public static let entry = CronEntry("storefront.sales_tally", .every(.minutes(60)), SalesTally())

    /// Counts beside the writer; what has become another number is written at the end.
    public static func handler(_ database: any Database, time: TimeSource) -> JobHandler {
        .external(SalesTally.self) { _, _ in
            let start = time.now - window
            let sold = try await database.report { try SalesTallyQueries.sold(since: start, $0) }
            return { tx in
                if try SalesTallyQueries.write(sold, tx) > 0 { try RevisionQueries.move(in: tx) }
            }
        }
    }
}
