import Primitives
import SQL

/// Threads that read, each with a connection of its own: for reports, and for reads beyond the pool.
final class ReaderThreads: Sendable {
    private struct Job {
        let run: @Sendable (SQLiteSession) -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct Queue {
        var waiting: [Job] = []
        var threads = 0
        var isClosing = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let queue = Monitor(Queue())

    /// Starts `count` threads; each opens its connection with its first job. With `givingWay` they run at a lower
    /// priority.
    ///
    /// - Throws: `SQLError` of kind `.unavailable` where the system gives no thread.
    init(_ count: Int, _ opening: SQLiteOpening, givingWay: Bool = false) throws(SQLError) {
        let queue = queue
        for _ in 0..<max(count, 1) {
            queue.change(waking: .none) { $0.threads += 1 }
            guard
                OwnedThread.start({
                    if givingWay { OwnedThread.giveWay() }
                    Self.work(queue, opening)
                })
            else {
                queue.change(waking: .none) { $0.threads -= 1 }
                stop()
                throw .noThread
            }
        }
    }

    /// Runs `body` on one of the threads, in one state of the database.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func run<Value: Sendable>(
        _ meter: StatementMeter?, _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(
                run: { session in continuation.resume(with: Result { try session.reading(meter, body) }) },
                fail: { continuation.resume(throwing: $0) })
            let accepted = queue.change { state in
                if !state.isClosing { state.waiting.append(job) }
                return !state.isClosing
            }
            if !accepted { job.fail(SQLError.closed) }
        }
    }

    /// Ends the threads once the queue is empty.
    func stop() {
        queue.change(waking: .all) { $0.isClosing = true }
    }

    /// Returns once every queued job is answered and the connections are closed.
    func close() async {
        stop()
        await withCheckedContinuation { continuation in
            let isClosed = queue.change(waking: .none) { state in
                if state.threads > 0 { state.closers.append(continuation) }
                return state.threads == 0
            }
            if isClosed { continuation.resume() }
        }
    }

    private static func work(_ queue: Monitor<Queue>, _ opening: SQLiteOpening) {
        var session: SQLiteSession?
        while let job = next(queue) {
            do {
                let open = try session ?? opening.reader()
                // One that could not end its transaction would see the same old state for ever.
                session = open
                job.run(open)
                if open.isInTransaction { session = nil }
            } catch {
                job.fail(error)
            }
        }
        session?.close()
        let closers = queue.change(waking: .none) { state in
            state.threads -= 1
            return state.threads == 0 ? state.closers : []
        }
        for closer in closers { closer.resume() }
    }

    private static func next(_ queue: Monitor<Queue>) -> Job? {
        queue.wait { state -> Job?? in
            if state.waiting.isEmpty { return state.isClosing ? .some(nil) : nil }
            return state.waiting.removeFirst()
        }
    }
}
