import Jobs
import Pictures
import Primitives

/// A job that deletes expired rows, some of each table; where there are more, the next goes on at once.
public struct AccountsUpkeep: JobPayload {
    /// Stored with each job, and so never changed.
    public static let kind = "accounts.upkeep"
    /// Low: mails and orders go first.
    public static let priority = JobPriority.low

    /// Every ten minutes.
    public static let entry = CronEntry("accounts.upkeep", .every(.minutes(10)), AccountsUpkeep())

    /// Returns the handler that deletes expired rows and enqueues the deletion of expired archives.
    public static func handler(jobs: JobQueue, time: TimeSource) -> JobHandler {
        .chunked(AccountsUpkeep.self, of: entry, on: jobs) { _, tx in
            let now = time.now
            var counts = try UpkeepQueries.Table.allCases.map { try UpkeepQueries.purge($0, at: now, tx) }
            // At once and past the trash: they hold all that is known of somebody.
            let archives = try ExportQueries.expire(at: now, limit: UpkeepQueries.most, tx)
            try jobs.enqueue(all: archives.map { DropMedia(key: $0) }, in: tx)
            counts.append(archives.count)
            return counts.contains(UpkeepQueries.most)
        }
    }
}
