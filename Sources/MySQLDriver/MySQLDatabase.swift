import Logging
import Primitives
import SQL

/// A MySQL 8 or MariaDB server, reached through a pool of connections with one thread each.
///
/// Threads and connections are made when work comes, so nothing is connected by `init`. A transaction that was undone
/// by a deadlock, a lock's time-out, a cluster or a lost connection is run again automatically; a loss during the
/// COMMIT is reported as `.unavailable`, since its outcome is unknown.
///
/// Results: integers are `.integer`; so are decimals without places, such as the SUM of integers, while those with
/// places, such as AVG, are `.real`; texts, dates and JSON are `.text`; what has the binary character set is `.blob`.
public final class MySQLDatabase: Database {
    private let pool: WorkerPool
    private let reports: WorkerPool
    private let probes: WorkerPool
    private let disk: DiskWatch

    /// Always `.mysql`.
    public var dialect: Dialect { .mysql }

    /// Creates a pool for the server of `configuration`; the pauses before a second try are drawn from `random`.
    public init(
        configuration: MySQLConfiguration, random: RandomSource = .system,
        logger: Logger = Logger(label: "kontor.mysql")
    ) {
        disk = DiskWatch(logger: logger)
        let availability = Availability(logger: logger)
        let pool = { (size: Int, writeLimit: Int, patience: Duration?, configuration: MySQLConfiguration) in
            // Each pool its own: what is silence to a probe of two seconds is none to a request.
            let stall = Stall()
            return WorkerPool(
                size: size, writeLimit: writeLimit, queueLimit: configuration.queueLimit, patience: patience,
                stall: stall
            ) { Worker(configuration, availability, stall, random: random, logger: logger) }
        }
        let probing = configuration.silent(after: configuration.probeTimeout)
        let patience = Duration.seconds(configuration.networkTimeout)
        self.pool = pool(configuration.poolSize, configuration.writeLimit, patience, configuration)
        reports = pool(configuration.reportPoolSize, 1, nil, configuration.silent(after: configuration.longTimeout))
        probes = pool(1, 0, .seconds(configuration.probeTimeout), probing)
    }

    deinit {
        for pool in [pool, reports, probes] { pool.beginClosing() }
    }

    /// Runs `body` on a pooled connection, outside of a transaction: each statement sees the newest committed rows.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        let meter = StatementMeter.current
        return try await run(on: pool, isWrite: false) { try $0.read(meter: meter, body) }
    }

    /// Runs `body` on one of the connections for reports, which bear ten minutes of silence by default.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
    {
        let meter = StatementMeter.current
        return try await run(on: reports, isWrite: false) { try $0.read(meter: meter, body) }
    }

    /// Runs `body` in a transaction on a pooled connection; again after a deadlock or another conflict.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        let meter = StatementMeter.current
        return try await disk.watching {
            try await run(on: pool, isWrite: true) { try $0.write(meter: meter, body) }
        }
    }

    /// Runs `body` in a transaction on one of the connections for reports, one at a time.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func maintain<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let meter = StatementMeter.current
        return try await disk.watching {
            try await run(on: reports, isWrite: true) { try $0.write(meter: meter, body) }
        }
    }

    /// Runs `body` on a connection of its own that is given up after two seconds of silence by default.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func probe<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        let meter = StatementMeter.current
        return try await run(on: probes, isWrite: false) { try $0.read(meter: meter, body) }
    }

    /// Whether writes found no space in the last half minute.
    public var isDiskFull: Bool { disk.isFull }

    /// Finishes queued closures, then closes every connection and ends its thread.
    public func close() async {
        for pool in [pool, reports, probes] { await pool.close() }
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
