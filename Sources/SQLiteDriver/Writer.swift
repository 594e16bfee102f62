import Logging
import Primitives
import SQL

/// The one thread that writes, and its queue.
final class Writer: Sendable {
    private struct Queue {
        var waiting: [WriteJob] = []
        var isClosing = false
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let queue = Monitor(Queue())
    private let groupLimit: Int

    /// Opens the connection and starts the thread, which releases `lock` once the connection is closed.
    ///
    /// - Throws: `SQLError`.
    init(_ opening: SQLiteOpening, holding lock: CheckpointLock?, logger: Logger) throws(SQLError) {
        let session = try opening.writer()
        self.groupLimit = max(opening.configuration.groupLimit, 1)
        let group = GroupCommit(session: session, lockTimeout: opening.configuration.lockTimeout, logger: logger)
        let checkpoint =
            opening.checkpoints ? Checkpoint(opening.configuration, logger: logger) : nil
        checkpoint?.watch(session)
        let (queue, limit) = (queue, groupLimit)
        let isStarted = OwnedThread.start {
            while let jobs = Self.next(queue, limit) {
                group.run(jobs)
                checkpoint?.runIfDue(session)
            }
            Self.finish(session)
            checkpoint?.end()
            lock?.release()
            let closers = queue.change(waking: .none) { state in
                state.isClosed = true
                return state.closers
            }
            for closer in closers { closer.resume() }
        }
        if !isStarted { throw .noThread }
    }

    /// Queues `job`; where the database is closed it fails at once.
    func enqueue(_ job: WriteJob) {
        let accepted = queue.change { state in
            if !state.isClosing { state.waiting.append(job) }
            return !state.isClosing
        }
        if !accepted { job.fail(SQLError.closed) }
    }

    /// The number of transactions in the queue.
    var waiting: Int { queue.change(waking: .none) { $0.waiting.count } }

    /// Ends the thread once the queue is empty.
    func stop() {
        queue.change { $0.isClosing = true }
    }

    /// Returns once every queued transaction is answered and the connection is closed.
    func close() async {
        stop()
        await withCheckedContinuation { continuation in
            let isClosed = queue.change(waking: .none) { state in
                if !state.isClosed { state.closers.append(continuation) }
                return state.isClosed
            }
            if isClosed { continuation.resume() }
        }
    }

    private static func next(_ queue: Monitor<Queue>, _ limit: Int) -> [WriteJob]? {
        queue.wait { state -> [WriteJob]?? in
            if state.waiting.isEmpty { return state.isClosing ? .some(nil) : nil }
            let jobs = Array(state.waiting.prefix(limit))
            state.waiting.removeFirst(jobs.count)
            return jobs
        }
    }

    private static func finish(_ session: SQLiteSession) {
        _ = try? session.perform("PRAGMA analysis_limit = 400")
        _ = try? session.perform("PRAGMA optimize")
        session.close()
    }
}

extension SQLError {
    static var closed: Self { Self(.unavailable, message: "the database is closed") }
    static var noThread: Self { Self(.unavailable, message: "the system gives no thread") }
}
