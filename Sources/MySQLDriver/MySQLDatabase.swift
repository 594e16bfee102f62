import Logging
import Primitives
import SQL

/// A MySQL 8 or MariaDB server, reached through a pool of connections with one thread each.
///
/// Threads and connections are made when work comes, so nothing is connected by `init`. A transaction that a deadlock, a lock's
/// time-out, a cluster or a lost connection undid is run again by itself; a loss during the COMMIT is reported as
/// `.unavailable`, since nobody can know its outcome.
///
/// Results: integers are `.integer`; so are decimals without places, such as the SUM of integers, while those with places, such
/// as AVG, are `.real`; texts, dates and JSON are `.text`; what has the binary character set is `.blob`.
public final class MySQLDatabase: Database {
    private let pool: WorkerPool
    private let reports: WorkerPool

    public var dialect: Dialect { .mysql }

    /// A pool for the server of `configuration`; the pauses before a second try are drawn from `random`.
    public init(
        configuration: MySQLConfiguration, random: RandomSource = .system,
        logger: Logger = Logger(label: "kontor.mysql")
    ) {
        let makeWorker = { @Sendable in Worker(configuration, random: random, logger: logger) }
        pool = WorkerPool(
            size: configuration.poolSize, writeLimit: configuration.writeLimit,
            queueLimit: configuration.queueLimit, makeWorker: makeWorker)
        reports = WorkerPool(
            size: configuration.reportPoolSize, writeLimit: 0,
            queueLimit: configuration.queueLimit, makeWorker: makeWorker)
    }

    deinit {
        pool.beginClosing()
        reports.beginClosing()
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        let meter = StatementMeter.current
        return try await run(on: pool, isWrite: false) { try $0.read(meter: meter, body) }
    }

    public func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
    {
        let meter = StatementMeter.current
        return try await run(on: reports, isWrite: false) { try $0.read(meter: meter, body) }
    }

    public func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        let meter = StatementMeter.current
        return try await run(on: pool, isWrite: true) { try $0.write(meter: meter, body) }
    }

    public func close() async {
        await pool.close()
        await reports.close()
    }

    private func run<Value: Sendable>(
        on pool: WorkerPool, isWrite: Bool, _ work: @escaping @Sendable (Worker) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(isWrite: isWrite) { worker in
                continuation.resume(with: Result { try work(worker.get()) })
            }
            if let refusal = pool.submit(job) { continuation.resume(throwing: refusal) }
        }
    }
}
