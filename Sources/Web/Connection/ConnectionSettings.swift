import Primitives

/// How many connections a listener has, and what a client may cost it in time and memory.
public struct ConnectionSettings: Sendable {
    /// The most that are open at once; beyond it the longest idle one goes first, and where none is, newcomers wait.
    public var limit = 4_096
    /// How long one may be silent, between requests and inside one.
    public var idleTimeout = TimeSpan.seconds(75)
    /// How long a client may take no byte of an answer.
    public var writeTimeout = TimeSpan.seconds(30)
    /// How long a graceful shutdown waits for answers that have begun.
    public var shutdownTimeout = TimeSpan.seconds(20)
    /// The most bytes of requests' bodies that are held at once, over all connections.
    public var bodyMemory = 64 << 20

    public init() {}
}
