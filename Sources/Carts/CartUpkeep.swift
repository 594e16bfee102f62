import Jobs
import Primitives
import SQL

/// The payload of the job that deletes guests' open carts after 90 days without a change.
public struct CartUpkeep: JobPayload {
    /// The stable name of this kind of job.
    public static let kind = "carts.upkeep"
    /// Low: shoppers' own jobs go first.
    public static let priority = JobPriority.low

    /// The age at which an open cart is deleted: as long as a guest's cookie lasts.
    static let age = TimeSpan.days(Int64(CartCookie.days))
    /// The most carts of one transaction; the next job continues at once where there are more.
    private static let most = 500

    /// The schedule: every hour.
    public static let entry = CronEntry("carts.upkeep", .every(.minutes(60)), CartUpkeep())

    /// Returns the handler, which deletes up to 500 carts a transaction and enqueues its continuation in `jobs`.
    public static func handler(jobs: JobQueue, time: TimeSource) -> JobHandler {
        .chunked(CartUpkeep.self, of: entry, on: jobs) { _, tx in
            try CartQueries.deleteGuests(untouchedSince: time.now - age, limit: most, tx) == most
        }
    }
}
