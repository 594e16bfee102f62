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

    public var synchronous = Synchronous.full
    /// Prepared statements kept by each connection.
    public var statementCache = 256
    /// Connections for short reads; 8 unless said.
    public var readers = 8
    /// Threads for reports, each with a connection of its own.
    public var reportThreads = 2
    /// How long a statement waits for a lock that another process holds; 5 seconds unless said.
    public var lockTimeout = TimeSpan.seconds(5)
    /// How many transactions one commit may hold.
    public var groupLimit = 64
    /// Whether this process moves the write-ahead log into the database. Exactly one of the processes that share a file
    /// may: the command line beside a running server says false.
    public var checkpoints = true
    /// Pages of the write-ahead log after which it is moved into the database.
    public var checkpointPages = 1_000
    /// Page cache of each connection in KiB, taken as it is needed.
    public var cacheKiB = 8_192

    public init() {}
}
