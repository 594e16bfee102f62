import Primitives

/// How a SQLite database is opened.
public struct SQLiteConfiguration: Sendable {
    /// What a commit waits for.
    public enum Synchronous: String, Sendable {
        /// Until the disk has it: what was answered survives a power cut.
        case full = "FULL"
        /// Until the system has it: what was answered survives a crash of this process, the last of it not a power cut.
        case normal = "NORMAL"
    }

    /// Whether this process moves the write-ahead log into the database. Of the processes that share a file one may at a
    /// time: SQLite before 3.51.3 can corrupt a file where two do (the WAL-reset bug, https://sqlite.org/wal.html).
    public enum Checkpoints: Sendable {
        /// It does, and a file of which another process does is not opened: a server.
        case exclusive
        /// It does unless another process does: a command that writes much.
        case whereFree
        /// It leaves the log to whoever comes next.
        case never
    }

    public var synchronous = Synchronous.full
    /// Prepared statements kept by each connection.
    public var statementCache = 256
    /// Connections for short reads; 8 unless said.
    public var readers = 8
    /// Threads for reports, each with a connection of its own.
    public var reportThreads = 2
    /// How long a statement, or opening the file, waits for a lock that another process holds; 5 seconds unless said.
    public var lockTimeout = TimeSpan.seconds(5)
    /// How many transactions one commit may hold.
    public var groupLimit = 64
    public var checkpoints = Checkpoints.exclusive
    /// Pages of the write-ahead log after which it is moved into the database.
    public var checkpointPages = 1_000
    /// Pages of the write-ahead log (64 MiB) after which it is to start anew, for which the writer waits a moment.
    public var restartPages = 16_384
    /// Page cache of each connection in KiB, taken as it is needed.
    public var cacheKiB = 8_192

    public init() {}
}
