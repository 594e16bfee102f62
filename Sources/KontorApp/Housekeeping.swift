import Jobs
import Primitives
import SQL
import Web

/// Clears away what has had its time: idempotency keys after a day.
struct Housekeeping: JobPayload {
    static let kind = "shop.housekeeping"

    static func handler(time: TimeSource) -> JobHandler {
        .transactional(Housekeeping.self) { _, tx in
            try IdempotencyQueries.purge(before: time.now, in: tx)
        }
    }

    static let entry = CronEntry("shop.housekeeping", .every(.minutes(10)), Housekeeping())
}
