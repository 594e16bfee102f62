import Primitives

/// The settings with which a SQLite database is opened.
public struct SQLiteConfiguration: Sendable {
    /// The point at which a commit returns (`PRAGMA synchronous`).
    public enum Synchronous: String, Sendable {
        /// Returns once the disk has it: committed transactions survive a power cut.
        case full = "FULL"
        /// Returns once the system has it: committed transactions survive a crash of this process, but the last of them
        /// not a power cut.
        case normal = "NORMAL"
    }

    /// Whether this process moves the write-ahead log into the database. Of the processes that share a file one may at
    /// a time: SQLite before 3.51.3 can corrupt a file where two do (the WAL-reset bug, https://sqlite.org/wal.html).
    public enum Checkpoints: Sendable {
        /// It does, and a file that another process checkpoints is not opened: for servers.
        case exclusive
        /// It does unless another process does: for commands that write much.
        case whereFree
        /// It does not: the log is left to the next process.
        case never
    }

    /// Full by default.
    public var synchronous = Synchronous.full
    /// The number of prepared statements that each connection caches, at least 8.
    public var statementCache = 256
    /// The number of connections for short reads, at least 1; 8 by default.
    public var readers = 8
    /// The number of threads for reports, each with a connection of its own, at least 1.
    public var reportThreads = 2
    /// The time that a statement, or opening the file, waits for a lock of another process; 5 seconds by default.
    public var lockTimeout = TimeSpan.seconds(5)
    /// The maximum number of transactions in one commit.
    public var groupLimit = 64
    /// Exclusive by default.
    public var checkpoints = Checkpoints.exclusive
    /// The length of the write-ahead log in pages after which it is moved into the database.
    public var checkpointPages = 1_000
    /// The length of the write-ahead log in pages (64 MiB) after which it is to start anew, for which the writer waits
    /// a moment.
    public var restartPages = 16_384
    /// The page cache of each connection in KiB, allocated as it is needed.
    public var cacheKiB = 8_192

    /// Creates the defaults of a server.
    public init() {}
}
