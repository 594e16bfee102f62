import Commerce
import Jobs
import Notifications
import Primitives
import SQL
import Web

/// Clears away what has had its time: idempotency keys after a day, what mails and guesses are counted by after hours.
struct Housekeeping: JobPayload {
    static let kind = "shop.housekeeping"

    static func handler(time: TimeSource) -> JobHandler {
        .transactional(Housekeeping.self) { _, tx in
            let now = time.now
            try IdempotencyQueries.purge(before: now, in: tx)
            try KeyLockQueries.purge(before: now - .hours(1), in: tx)
            try GuestMailQueries.purge(before: now - .hours(2), in: tx)
        }
    }

    static let entry = CronEntry("shop.housekeeping", .every(.minutes(10)), Housekeeping())
}
