import Logging
import Primitives
import SQL
import ServiceLifecycle

/// Runs the jobs of a queue, and its cron entries, until the program shuts down.
///
/// Any number of runners may share a database. A job is taken by compare-and-swap under a lease, which is lengthened
/// while the job runs; what a killed runner had taken is taken over when its leases run out. A graceful shutdown takes
/// no new jobs and finishes those it has begun.
public struct JobRunner: Service {
    /// What a runner does at once and how long it waits; times in real time, leases by the queue's clock.
    public struct Settings: Sendable {
        /// Jobs of the database lane that run side by side.
        public var databaseConcurrency: Int
        /// Jobs of the external lane that run side by side.
        public var externalConcurrency: Int
        /// Jobs of the database lane that are taken at once.
        public var batch: Int
        /// How often to look without being woken: for jobs of other instances, retries and later times.
        public var pollInterval: TimeSpan
        /// How long a job stays with a runner that says nothing more.
        public var lease: TimeSpan

        /// On SQLite many transactions at once make one group commit; on MySQL each holds a pooled connection.
        public init(
            databaseConcurrency: Int = 8, externalConcurrency: Int = 16, batch: Int = 100,
            pollInterval: TimeSpan = .seconds(1), lease: TimeSpan = .seconds(30)
        ) {
            self.databaseConcurrency = max(1, databaseConcurrency)
            self.externalConcurrency = max(1, externalConcurrency)
            self.batch = max(1, batch)
            self.pollInterval = max(pollInterval, .milliseconds(1))
            self.lease = max(lease, .milliseconds(100))
        }

        /// What suits the database: 32 transactions side by side on SQLite, 8 on MySQL.
        public static func fitting(_ dialect: Dialect, lease: TimeSpan = .seconds(30)) -> Settings {
            Settings(databaseConcurrency: dialect == .sqlite ? 32 : 8, lease: lease)
        }
    }

    let queue: JobQueue
    let handlers: [String: JobHandler]
    let kinds: [String]
    let cron: [CronEntry]
    let settings: Settings
    let random: RandomSource
    let logger: Logger

    /// - Throws: `JobRunnerError` where two handlers or entries have one name, or an entry's kind has no handler.
    public init(
        _ queue: JobQueue, handlers: [JobHandler], cron: [CronEntry] = [], settings: Settings? = nil,
        random: RandomSource = .system, logger: Logger
    ) throws(JobRunnerError) {
        var byKind: [String: JobHandler] = [:]
        for handler in handlers {
            guard byKind.updateValue(handler, forKey: handler.kind) == nil else { throw .twoHandlers(handler.kind) }
        }
        var names: Set<String> = []
        for entry in cron {
            guard names.insert(entry.name).inserted else { throw .twoEntries(entry.name) }
            guard byKind[entry.kind] != nil else { throw .noHandler(entry.kind) }
        }
        self.queue = queue
        self.handlers = byKind
        self.kinds = byKind.keys.sorted()
        self.cron = cron
        self.settings = settings ?? .fitting(queue.database.dialect)
        self.random = random
        self.logger = logger
    }

    /// Works until graceful shutdown or cancellation. A database that cannot be reached is logged and waited for.
    public func run() async throws {
        await JobShift(self).work()
    }

    /// Fires the cron entries that are due and runs every job that is due, those included that these jobs enqueue.
    ///
    /// - Returns: how many attempts were made.
    /// - Throws: `SQLError` where jobs cannot be taken; a job that fails is no error here.
    @discardableResult
    public func drain() async throws -> Int {
        try await JobShift(self).drain()
    }
}

/// Why a runner cannot be made.
public enum JobRunnerError: Error, Equatable, CustomStringConvertible {
    case twoHandlers(String)
    case twoEntries(String)
    case noHandler(String)

    public var description: String {
        switch self {
        case .twoHandlers(let kind): "two handlers for jobs of kind \(kind)"
        case .twoEntries(let name): "two cron entries named \(name)"
        case .noHandler(let kind): "a cron entry enqueues \(kind), which has no handler"
        }
    }
}
