import Jobs
import Primitives

/// Clears away what has had its time in the tables of all rooms, as far as they leave it to this job.
struct Housekeeping: JobPayload {
    static let kind = "shop.housekeeping"
    /// Whoever buys goes first.
    static let priority = JobPriority.low
    /// Rows of each table that go at a time: a write has its budget.
    static let chunk = 500

    static let entry = CronEntry("shop.housekeeping", .every(.minutes(10)), Housekeeping())
}

/// The job that clears away what has had its time.
public struct HousekeepingModule: Sendable {
    public let module: Module

    /// Makes it over what the modules want cleared away.
    public init(_ context: ModuleContext, _ purges: [Purge]) {
        let time = context.time
        var module = Module("Housekeeping")
        module.jobs = [
            .chunked(Housekeeping.self, of: Housekeeping.entry, on: context.jobs) { _, tx in
                let now = time.now
                return try purges.map { try $0(now, Housekeeping.chunk, tx) }.contains(Housekeeping.chunk)
            }
        ]
        module.cron = [Housekeeping.entry]
        self.module = module
    }
}
