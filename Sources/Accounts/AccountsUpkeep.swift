import Jobs
import Pictures
import Primitives

/// Clears away what has had its time, some rows of each table at a run.
public struct AccountsUpkeep: JobPayload {
    public static let kind = "accounts.upkeep"

    /// Every ten minutes.
    public static let entry = CronEntry("accounts.upkeep", .every(.minutes(10)), AccountsUpkeep())

    public static func handler(jobs: JobQueue, time: TimeSource) -> JobHandler {
        .transactional(AccountsUpkeep.self) { _, tx in
            let now = time.now
            for table in UpkeepQueries.Table.allCases { try UpkeepQueries.purge(table, at: now, tx) }
            // At once and past the trash: they hold all that is known of somebody.
            let archives = try ExportQueries.expire(at: now, limit: UpkeepQueries.most, tx)
            try jobs.enqueue(all: archives.map { DropMedia(key: $0) }, in: tx)
        }
    }
}
