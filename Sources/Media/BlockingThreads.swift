import Primitives

/// Threads for calls that block, such as reading or syncing a file. They stay until the last reference to this goes, so
/// that a call costs two switches of threads and no start of one.
final class BlockingThreads: Sendable {
    private struct State {
        var waiting: Queue<@Sendable () -> Void> = Queue()
        /// Threads that there are, and those of them with nothing to do.
        var threads = 0
        var idle = 0
        var isClosing = false
    }

    private let count: Int
    private let limit: Int
    private let state = Monitor(State())

    /// Starts at most `count` threads, the first with the first call; `limit` calls may wait for them.
    init(count: Int, limit: Int) {
        self.count = max(count, 1)
        self.limit = limit
    }

    deinit {
        state.change(waking: .all) { $0.isClosing = true }
    }

    /// Runs `work` on one of the threads; with one thread in the order of the calls.
    ///
    /// - Throws: `MediaError.busy` where so much waits already or the system gives no thread, or what `work` throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = submit { continuation.resume(with: Result { try work() }) }
            if !isTaken { continuation.resume(throwing: MediaError.busy) }
        }
    }

    private func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        state.change { state in
            guard state.waiting.count < limit else { return false }
            if state.idle <= state.waiting.count, state.threads < count {
                if OwnedThread.start({ [monitor = self.state] in Self.work(on: monitor) }) { state.threads += 1 }
                guard state.threads > 0 else { return false }
            }
            state.waiting.append(work)
            return true
        }
    }

    private static func work(on monitor: Monitor<State>) {
        while let work = next(monitor) { work() }
    }

    private static func next(_ monitor: Monitor<State>) -> (@Sendable () -> Void)? {
        monitor.change(waking: .none) { $0.idle += 1 }
        return monitor.wait { state -> (@Sendable () -> Void)?? in
            if let work = state.waiting.popFirst() {
                state.idle -= 1
                return .some(work)
            }
            return state.isClosing ? .some(nil) : nil
        }
    }
}

/// First in, first out, each at the cost of one.
private struct Queue<Element> {
    private var entering: [Element] = []
    private var leaving: [Element] = []

    var count: Int { entering.count + leaving.count }

    mutating func append(_ element: Element) { entering.append(element) }

    mutating func popFirst() -> Element? {
        if leaving.isEmpty {
            leaving = entering.reversed()
            entering.removeAll()
        }
        return leaving.popLast()
    }
}
