import Synchronization

/// Counts the statements that one request or one test runs, and notes them where it is asked to.
///
/// Drivers hand the meter of the calling task to the connections of its closures.
public final class StatementMeter: Sendable {
    private let total = Atomic<Int>(0)
    private let isRecording: Bool
    private let recorded = Mutex<[Query]>([])

    /// With `isRecording` the statements themselves are noted, with their values.
    public init(isRecording: Bool = false) {
        self.isRecording = isRecording
    }

    /// The meter of the current task, if it has one.
    @TaskLocal public static var current: StatementMeter?

    public var statements: Int { total.load(ordering: .relaxed) }

    /// What was run so far, in order; empty unless it is noted.
    public var queries: [Query] { recorded.withLock { $0 } }

    func count(_ query: Query) {
        total.add(1, ordering: .relaxed)
        if isRecording { recorded.withLock { $0.append(query) } }
    }
}
