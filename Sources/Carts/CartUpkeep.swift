import Jobs
import Primitives
import SQL

/// Clears away guests' open carts that nobody has come back to, and after longer those that became orders.
public struct CartUpkeep: JobPayload {
    public static let kind = "carts.upkeep"
    public static let priority = JobPriority.low

    /// As long as a guest's cookie lasts.
    static let age = TimeSpan.days(Int64(CartCookie.days))
    /// A write has its budget: what is left over goes at once, in the next job.
    private static let most = 500

    /// Every hour.
    public static let entry = CronEntry("carts.upkeep", .every(.minutes(60)), CartUpkeep())

    public static func handler(jobs: JobQueue, time: TimeSource) -> JobHandler {
        .chunked(CartUpkeep.self, of: entry, on: jobs) { _, tx in
            try CartQueries.deleteGuests(untouchedSince: time.now - age, limit: most, tx) == most
        }
    }

    /// Removes up to `limit` carts that became orders before `moment`.
    ///
    /// - Returns: how many.
    /// - Throws: `SQLError`.
    public static func purgeOrdered(before moment: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        try CartQueries.deleteOrdered(before: moment, limit: limit, tx)
    }
}
