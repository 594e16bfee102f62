import Synchronization

/// Counts the statements of one request or one test, and records them where it is asked to.
///
/// Drivers pass the meter of the calling task to the connections of its closures.
public final class StatementMeter: Sendable {
    private let total = Atomic<Int>(0)
    private let isRecording: Bool
    private let recorded = Mutex<[Query]>([])

    /// Creates a meter at zero; with `isRecording` the statements themselves are recorded, with their values.
    public init(isRecording: Bool = false) {
        self.isRecording = isRecording
    }

    /// The meter of the current task; nil where nothing is counted.
    @TaskLocal public static var current: StatementMeter?

    /// The number of statements so far, repeated transactions included.
    public var statements: Int { total.load(ordering: .relaxed) }

    /// The statements so far, in order; empty unless they are recorded.
    public var queries: [Query] { recorded.withLock { $0 } }

    func count(_ query: Query) {
        total.add(1, ordering: .relaxed)
        if isRecording { recorded.withLock { $0.append(query) } }
    }
}
