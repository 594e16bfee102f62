import Jobs
import Primitives

/// Deletes expired rows of every room that hands a `Purge` to this job.
struct Housekeeping: JobPayload {
    static let kind = "shop.housekeeping"
    /// Low, so that the jobs of customers run first.
    static let priority = JobPriority.low
    /// The most rows of one table that a transaction deletes.
    static let chunk = 500

    static let entry = CronEntry("shop.housekeeping", .every(.minutes(10)), Housekeeping())
}

/// The job that deletes expired rows.
public struct HousekeepingModule: Sendable {
    /// The job and its schedule: every ten minutes.
    public let module: Module

    /// Creates a module whose job runs the purges of all others.
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
