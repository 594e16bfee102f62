import Jobs
import Primitives

/// Clears away what has had its time, some rows of each table at a run.
public struct AccountsUpkeep: JobPayload {
    public static let kind = "accounts.upkeep"

    /// Every ten minutes.
    public static let entry = CronEntry("accounts.upkeep", .every(.minutes(10)), AccountsUpkeep())

    public static func handler(time: TimeSource) -> JobHandler {
        .transactional(AccountsUpkeep.self) { _, tx in
            let now = time.now
            for table in UpkeepQueries.Table.allCases { try UpkeepQueries.purge(table, at: now, tx) }
            try ExportQueries.expire(at: now, tx)
        }
    }
}
