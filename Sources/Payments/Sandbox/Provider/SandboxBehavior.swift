import SQL
import Web

/// How the sandbox sends its webhooks and settles refunds: what developers choose to see what the shop makes of it.
public struct SandboxBehavior: Record, ResponseBody, Sendable, Equatable {
    /// The time between an event and its webhook, in seconds.
    public var delaySeconds = 0
    /// How many more times each webhook is sent.
    public var duplicates = 0
    /// How many of a hundred events are never told.
    public var lossPercent = 0
    /// Whether webhooks are sent in any order: each waits up to ten seconds more.
    public var shuffled = false
    /// Whether refunds stay pending until somebody completes or fails them.
    public var holdsRefunds = false

    /// Creates the behavior without faults: everything at once, once and in order.
    public init() {}

    /// The columns of `sandbox_behavior`.
    public static let columns = Columns<SandboxBehavior>(
        .column("delay_seconds", \.delaySeconds),
        .column("duplicates", \.duplicates),
        .column("loss_percent", \.lossPercent),
        .column("shuffled", \.shuffled),
        .column("holds_refunds", \.holdsRefunds))
}
