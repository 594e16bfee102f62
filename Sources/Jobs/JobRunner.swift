import Logging
import Primitives
import SQL
import ServiceLifecycle

/// Runs the jobs of a queue, and its cron entries, until the program shuts down.
///
/// Any number of runners may share a database. A job is taken by compare-and-swap under a lease, which is extended
/// while the job runs; the jobs of a killed runner are taken over when its leases run out. A graceful shutdown takes no
/// new jobs and finishes those that have begun.
public struct JobRunner: Service {
    /// Concurrency and intervals of a runner; intervals in real time, leases by the queue's clock.
    public struct Settings: Sendable {
        /// The number of jobs of the database lane that run side by side, at least 1.
        public var databaseConcurrency: Int
        /// The number of jobs of the external lane that run side by side, at least 1.
        public var externalConcurrency: Int
        /// The number of jobs of the callback lane that run side by side, at least 1.
        public var callbackConcurrency: Int
        /// The number of jobs of the database lane that are taken at once, at least 1.
        public var batch: Int
        /// The interval of looking without being woken: for jobs of other instances, retries and later times.
        public var pollInterval: TimeSpan
        /// The time after which a job is taken from a runner that no longer extends its lease, at least 100
        /// milliseconds.
        public var lease: TimeSpan

        /// Settings raised to their least values.
        ///
        /// On SQLite many transactions at once make one group commit; on MySQL each holds a pooled connection.
        public init(
            databaseConcurrency: Int = 8, externalConcurrency: Int = 16, callbackConcurrency: Int = 16,
            batch: Int = 100,
            pollInterval: TimeSpan = .seconds(1), lease: TimeSpan = .seconds(30)
        ) {
            self.databaseConcurrency = max(1, databaseConcurrency)
            self.externalConcurrency = max(1, externalConcurrency)
            self.callbackConcurrency = max(1, callbackConcurrency)
            self.batch = max(1, batch)
            self.pollInterval = max(pollInterval, .milliseconds(1))
            self.lease = max(lease, .milliseconds(100))
        }

        /// Returns the settings that suit the database: 32 transactions side by side on SQLite, 8 on MySQL.
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

    /// Creates a runner of `queue`, with `Settings.fitting` unless given.
    ///
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

    /// Runs jobs until graceful shutdown or cancellation. A database that cannot be reached is logged and waited for.
    ///
    /// - Throws: nothing; `Service` requires the declaration.
    public func run() async throws {
        await JobShift(self).work()
    }

    /// Fires the cron entries that are due and runs every job that is due, those included that these jobs enqueue.
    ///
    /// - Returns: the number of attempts.
    /// - Throws: `SQLError` where jobs cannot be taken, `CancellationError`; a job that fails is no error here.
    @discardableResult
    public func drain() async throws -> Int {
        try await JobShift(self).drain()
    }
}

/// The reason why a runner cannot be made.
public enum JobRunnerError: Error, Equatable, CustomStringConvertible {
    /// Two handlers have this kind.
    case twoHandlers(String)
    /// Two cron entries have this name.
    case twoEntries(String)
    /// A cron entry enqueues jobs of this kind, and no handler does them.
    case noHandler(String)

    /// A sentence for the log, with the kind or name.
    public var description: String {
        switch self {
        case .twoHandlers(let kind): "two handlers for jobs of kind \(kind)"
        case .twoEntries(let name): "two cron entries named \(name)"
        case .noHandler(let kind): "a cron entry enqueues \(kind), which has no handler"
        }
    }
}
