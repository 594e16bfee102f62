import Commerce
import Jobs
import Primitives
import SQL

/// What the queue brings: the jobs about a person, and how long dead ones are kept.
public enum JobsModule {
    /// Makes the module.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public static func module(_ context: ModuleContext) throws -> Module {
        var module = Module("Jobs")
        module.personalData = personalData(context.jobs)
        if let age = try JobsSettings(context.settings, context.shop).deadJobs {
            module.purges = [{ now, limit, tx in try DeadJobQueries.purge(before: now - age, limit: limit, in: tx) }]
        }
        module.settings = [JobsSettings.self]
        return module
    }

    /// Jobs are found by whom they are about. They go first, at once as far as a transaction should hold: a mail that is being sent
    /// is waited for, and one that would be sent later has lost its row.
    public static func personalData(_ jobs: JobQueue) -> PersonalData {
        var data = PersonalData()
        data.eraseAtOnce = [{ user, limit, tx in _ = try erase(user, limit: limit, jobs, tx) }]
        data.erase = [.rows(in: .jobs) { user, limit, tx in try erase(user, limit: limit, jobs, tx) }]
        data.eraseWithOrders = [
            { orders, limit, tx in
                for order in orders where order.isGuests {
                    _ = try jobs.erase(.recipient(order.email), holding: order.number, limit: limit, in: tx)
                }
            }
        ]
        return data
    }

    /// Deletes at most `limit` jobs that are about a user, or about who had one of their addresses when it was theirs.
    private static func erase(
        _ user: ErasedUser, limit: Int, _ jobs: JobQueue, _ tx: Transaction
    ) throws -> Int {
        var count = try jobs.erase(.user(user.id.rawValue), limit: limit, in: tx)
        for address in user.addresses where count < limit {
            count += try jobs.erase(
                .recipient(address.email), by: address.until + .hours(1), limit: limit - count, in: tx)
        }
        return count
    }
}

/// How long jobs that gave up are kept.
public struct JobsSettings: ModuleSettings {
    /// Nil for ever (`DEAD_JOB_DAYS`).
    let deadJobs: TimeSpan?

    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        deadJobs = try source.retention("DEAD_JOB_DAYS", orDays: 90)
    }
}
