import Commerce
import Jobs
import Primitives
import SQL

/// The payload of the job that counts what was sold of each product in the last ninety days, by which lists are ordered
/// by popularity.
public struct SalesTally: ExternalJobPayload {
    /// The stable name of this kind of job.
    public static let kind = "storefront.sales_tally"

    static let window = TimeSpan.days(90)

    /// Creates the payload, which carries nothing.
    public init() {}

    /// The schedule: every hour.
    public static let entry = CronEntry("storefront.sales_tally", .every(.minutes(60)), SalesTally())

    /// Returns the handler, which counts outside the write transaction and writes only what changed, at the end.
    public static func handler(_ database: any Database, time: TimeSource) -> JobHandler {
        .external(SalesTally.self) { _, _ in
            let start = time.now - window
            let sold = try await database.report { try SalesTallyQueries.sold(since: start, $0) }
            return { tx in
                if try SalesTallyQueries.write(sold, tx) > 0 { tx.catalogChanged() }
            }
        }
    }
}
