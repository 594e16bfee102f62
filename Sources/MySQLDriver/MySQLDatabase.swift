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
    private let probes: WorkerPool
    private let disk = DiskWatch()

    public var dialect: Dialect { .mysql }

    /// A pool for the server of `configuration`; the pauses before a second try are drawn from `random`.
    public init(
        configuration: MySQLConfiguration, random: RandomSource = .system,
        logger: Logger = Logger(label: "kontor.mysql")
    ) {
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
        let usual = Duration.seconds(configuration.networkTimeout)
        self.pool = pool(configuration.poolSize, configuration.writeLimit, usual, configuration)
        reports = pool(configuration.reportPoolSize, 1, nil, configuration.silent(after: configuration.longTimeout))
        probes = pool(1, 0, .seconds(configuration.probeTimeout), probing)
    }

    deinit {
        for pool in [pool, reports, probes] { pool.beginClosing() }
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
        return try await disk.watching {
            try await run(on: pool, isWrite: true) { try $0.write(meter: meter, body) }
        }
    }

    public func maintain<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let meter = StatementMeter.current
        return try await disk.watching {
            try await run(on: reports, isWrite: true) { try $0.write(meter: meter, body) }
        }
    }

    public func probe<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        let meter = StatementMeter.current
        return try await run(on: probes, isWrite: false) { try $0.read(meter: meter, body) }
    }

    public var isDiskFull: Bool { disk.isFull }

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
