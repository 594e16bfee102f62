import Jobs
import Primitives

/// Clears away guests' carts that nobody has come back to.
///
/// Only open carts: one that was ordered, with a payment under way or not, is an order's affair.
public struct CartUpkeep: JobPayload {
    public static let kind = "carts.upkeep"

    /// As long as a guest's cookie lasts.
    static let age = TimeSpan.days(Int64(CartCookie.days))
    /// A write has its budget: what is left over goes at the next run.
    private static let most = 500

    /// Every hour.
    public static let entry = CronEntry("carts.upkeep", .every(.minutes(60)), CartUpkeep())

    public static func handler(time: TimeSource) -> JobHandler {
        .transactional(CartUpkeep.self) { _, tx in
            _ = try CartQueries.deleteGuests(untouchedSince: time.now - age, limit: most, tx)
        }
    }
}
