import Synchronization

/// Threads for work that keeps a processor busy for milliseconds, such as hashing a password or decoding a photograph:
/// at most `count` pieces run at once, the rest wait first come first served. Requests that need the processor have
/// priority.
///
/// A thread is started by the work that finds none free and ends when nothing waits.
public final class WorkThreads: Sendable {
    /// A refusal: the queue is full, or the system gives no thread.
    public struct Busy: Error {}

    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var running = 0
    }

    private let count: Int
    private let limit: Int
    private let state = Mutex(State())

    /// Creates at most `count` threads; `limit` pieces of work may wait for them.
    public init(count: Int, limit: Int) {
        self.count = max(count, 1)
        self.limit = limit
    }

    /// Runs `work` on one of the threads.
    ///
    /// - Throws: `Busy`, or what `work` throws.
    public func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = submit { continuation.resume(with: Result { try work() }) }
            if !isTaken { continuation.resume(throwing: Busy()) }
        }
    }

    private func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.waiting.count < limit else { return false }
            if state.running < count {
                if OwnedThread.start({ self.drain() }) { state.running += 1 }
                guard state.running > 0 else { return false }
            }
            state.waiting.append(work)
            return true
        }
    }

    private func drain() {
        OwnedThread.giveWay()
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
