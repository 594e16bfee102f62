import Commerce
import Jobs
import Primitives
import SQL

/// The job queue: erasure of the jobs about a person, and retention of dead letters.
public enum JobsModule {
    static let viewing = "jobs.view"
    static let editing = "jobs.edit"

    /// Makes the module and reads its settings.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public static func module(_ context: ModuleContext) throws -> Module {
        var module = Module("Jobs")
        module.permissions = [
            Permission(viewing, "See what runs by itself: jobs that wait, run or have failed, and the schedule."),
            Permission(editing, "Have failed jobs tried again, and discard jobs."),
        ]
        module.personalData = personalData(context.jobs)
        if let age = try JobsSettings(context.settings, context.shop).deadJobs {
            module.purges = [{ now, limit, tx in try DeadJobQueries.purge(before: now - age, limit: limit, in: tx) }]
        }
        module.settings = [JobsSettings.self]
        return module
    }

    /// Returns how jobs about a person are erased: first of all data, and in the transaction that ends the account as
    /// far as one transaction should reach. A mail that is being sent is waited for; one that is due later has lost its
    /// row.
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

    /// Deletes at most `limit` jobs about a user, or addressed to one of their addresses while it was theirs; returns
    /// how many.
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

/// The retention of dead letters: jobs that failed at every attempt.
public struct JobsSettings: ModuleSettings {
    /// The age at which they are deleted; nil keeps them for ever (`DEAD_JOB_DAYS`, 90 by default).
    let deadJobs: TimeSpan?

    /// Reads `DEAD_JOB_DAYS`.
    ///
    /// - Throws: `SettingsError` naming the key.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        deadJobs = try source.retention("DEAD_JOB_DAYS", orDays: 90)
    }
}
