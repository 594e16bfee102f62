import Primitives

/// The limits on a listener's connections, and on the time and memory that a client may take.
public struct ConnectionSettings: Sendable {
    /// The most that are open at once; beyond it the longest idle one is closed, and where none is idle, new ones wait.
    public var limit = 4_096
    /// The time a connection may be silent, between requests and inside one.
    public var idleTimeout = TimeSpan.seconds(75)
    /// The time a client may take no byte of an answer.
    public var writeTimeout = TimeSpan.seconds(30)
    /// The time that a graceful shutdown waits for answers that have begun.
    public var shutdownTimeout = TimeSpan.seconds(20)
    /// The most bytes of requests' bodies that are held at once, over all connections.
    public var bodyMemory = 64 << 20

    /// Creates the defaults: 4,096 connections and 64 MB of bodies.
    public init() {}
}
