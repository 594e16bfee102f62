import Synchronization

/// Counts the statements that one request or one test runs.
///
/// Drivers hand the meter of the calling task to the connections of its closures.
public final class StatementMeter: Sendable {
    private let total = Atomic<Int>(0)

    public init() {}

    /// The meter of the current task, if it has one.
    @TaskLocal public static var current: StatementMeter?

    public var statements: Int { total.load(ordering: .relaxed) }

    func count() {
        total.add(1, ordering: .relaxed)
    }
}
