import Logging
import SQL

/// A SQLite database: many readers and one writer, whose transactions are committed in groups.
public final class SQLiteDatabase: Database {
    /// The place where the database is stored.
    public enum Location: Sendable {
        /// A file, created where there is none.
        case file(String)
        /// A private file in the temporary directory that is never synced to disk and is removed when the database is
        /// closed. It behaves as a file in everything else, readers beside the writer included, unlike SQLite's
        /// in-memory databases.
        case ephemeral
    }

    /// Always `.sqlite`.
    public let dialect = Dialect.sqlite
    private let writer: Writer
    private let readers: ReaderPool
    private let overflow: ReaderThreads
    private let reports: ReaderThreads
    private let directory: TemporaryDirectory?
    private let disk: DiskWatch

    private init(
        _ opening: SQLiteOpening, _ directory: TemporaryDirectory?, _ lock: CheckpointLock?, _ logger: Logger
    ) throws(SQLError) {
        self.directory = directory
        self.disk = DiskWatch(logger: logger)
        self.writer = try Writer(opening, holding: lock, logger: logger)
        self.readers = ReaderPool(opening)
        self.overflow = try ReaderThreads(1, opening)
        self.reports = try ReaderThreads(opening.configuration.reportThreads, opening, givingWay: true)
    }

    deinit {
        overflow.stop()
        reports.stop()
        writer.stop()
    }

    /// Opens the database at `location` and enters write-ahead logging.
    ///
    /// - Throws: `SQLError` of kind `.unavailable` where the file cannot be opened, `.lockTimeout` where it is kept
    ///   locked or another process has it for itself.
    public static func open(
        _ location: Location, configuration: SQLiteConfiguration = SQLiteConfiguration(),
        logger: Logger = Logger(label: "kontor.sqlite")
    ) throws(SQLError) -> SQLiteDatabase {
        switch location {
        case .file(let path):
            let lock = try CheckpointLock.take(path, configuration)
            let opening = SQLiteOpening(
                path: path, configuration: configuration, durable: true, checkpoints: lock != nil)
            return try SQLiteDatabase(opening, nil, lock, logger)
        case .ephemeral:
            let directory = try TemporaryDirectory()
            let opening = SQLiteOpening(
                path: directory.database, configuration: configuration, durable: false, checkpoints: true)
            return try SQLiteDatabase(opening, directory, nil, logger)
        }
    }

    /// Runs `body` on the calling thread: the pages of short reads are in memory. Where all connections are lent, it
    /// runs on a thread of the driver's own.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        let meter = StatementMeter.current
        guard let session = try readers.borrow() else { return try await overflow.run(meter, body) }
        defer { readers.release(session) }
        return try session.reading(meter, body)
    }

    /// Runs `body` on a thread for reports.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func report<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        try await reports.run(StatementMeter.current, body)
    }

    /// Runs `body` on the writer's thread and returns after the commit, which it shares with the closures that waited
    /// beside it.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let meter = StatementMeter.current
        return try await disk.watching {
            try await withCheckedThrowingContinuation { continuation in
                writer.enqueue(WriteJob(meter: meter, continuation: continuation, body: body))
            }
        }
    }

    /// Whether writes found no space in the last half minute.
    public var isDiskFull: Bool { disk.isFull }

    /// The number of transactions that wait for the writer.
    public var waitingWrites: Int { writer.waiting }

    /// Finishes running closures, then closes every connection, the writer's last, so that it moves the log into the
    /// database.
    public func close() async {
        await readers.close()
        await overflow.close()
        await reports.close()
        await writer.close()
        directory?.remove()
    }
}
