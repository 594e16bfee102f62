import Carts
import Commerce
import Jobs
import Notifications
import Primitives
import SQL
import Web

/// Clears away what has had its time: idempotency keys after a day, what mails and guesses are counted by after hours, and
/// what the settings of retention name.
struct Housekeeping: JobPayload {
    static let kind = "shop.housekeeping"
    /// Whoever buys goes first.
    static let priority = JobPriority.low
    /// Rows of each table that go at a time: a write has its budget.
    static let chunk = 500

    static func handler(_ ages: RetentionSettings, jobs: JobQueue, time: TimeSource) -> JobHandler {
        .chunked(Housekeeping.self, of: entry, on: jobs) { _, tx in
            let now = time.now
            var counts = [
                try KeyLockQueries.purge(before: now - .hours(1), limit: chunk, in: tx),
                try GuestMailQueries.purge(before: now - .hours(2), limit: chunk, in: tx),
                try IdempotencyQueries.purge(before: now, limit: chunk, in: tx),
            ]
            if let age = ages.deadJobs {
                counts.append(try DeadJobQueries.purge(before: now - age, limit: chunk, in: tx))
            }
            if let age = ages.mailbox {
                counts.append(try MailboxUpkeep.purge(before: now - age, limit: chunk, in: tx))
            }
            if let age = ages.orderedCarts {
                counts.append(try CartUpkeep.purgeOrdered(before: now - age, limit: chunk, in: tx))
            }
            if let age = ages.audit {
                counts.append(try AuditQueries.purge(before: now - age, limit: chunk, in: tx))
            }
            return counts.contains(chunk)
        }
    }

    static let entry = CronEntry("shop.housekeeping", .every(.minutes(10)), Housekeeping())
}
