import CMariaDB
import Primitives
import SQL

/// Threads that share one bounded queue; one is added whenever more jobs wait than threads are free.
final class WorkerPool: Sendable {
    private struct State {
        var queue = WorkQueue()
        var threads = 0
        var idle = 0
        var writing = 0
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let size: Int
    private let writeLimit: Int
    private let queueLimit: Int
    /// The time that a job may wait for a thread; nil for any time.
    private let patience: Duration?
    private let stall: Stall
    private let makeWorker: @Sendable () -> Worker
    private let monitor = Monitor(State())

    init(
        size: Int, writeLimit: Int, queueLimit: Int, patience: Duration?, stall: Stall,
        makeWorker: @escaping @Sendable () -> Worker
    ) {
        self.size = max(1, size)
        self.writeLimit = writeLimit
        self.queueLimit = queueLimit
        self.patience = patience
        self.stall = stall
        self.makeWorker = makeWorker
    }

    /// Queues `job` for the next free thread; returns nil where it was accepted, else the reason.
    func submit(_ job: Job) -> SQLError? {
        var needsThread = false
        let refusal = monitor.change(waking: .none) { state -> SQLError? in
            if state.isClosed { return SQLError(.unavailable, message: "the database is closed") }
            guard state.queue.count < queueLimit else {
                return SQLError(.unavailable, message: "too many closures wait for a connection")
            }
            needsThread = state.queue.count >= state.idle && state.threads < size
            if needsThread { state.threads += 1 }
            state.queue.append(job)
            return nil
        }
        if refusal != nil { return refusal }
        if needsThread { startThread() } else { monitor.wake(.one) }
        return nil
    }

    /// Refuses further jobs; the threads end once the queue is empty.
    func beginClosing() {
        monitor.change(waking: .all) { $0.isClosed = true }
    }

    /// Begins closing and returns when the last thread has closed its connection.
    func close() async {
        beginClosing()
        await withCheckedContinuation { continuation in
            let isOver = monitor.change(waking: .none) { state in
                if state.threads > 0 { state.closers.append(continuation) }
                return state.threads == 0
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: Threads

    private func startThread() {
        if OwnedThread.start({ self.work() }) { return }
        let refused = monitor.change(waking: .none) { state in
            state.threads -= 1
            // Other threads will come to the job; where there are none, nobody would.
            return state.threads == 0 ? state.queue.removeAll() : []
        }
        let error = SQLError(.unavailable, message: "the system gives no thread for a connection")
        for job in refused { job.run(.failure(error)) }
    }

    private func work() {
        mysql_thread_init()
        serve(with: makeWorker())
        mysql_thread_end()
        let closers = monitor.change(waking: .none) { state in
            state.threads -= 1
            defer { if state.threads == 0 { state.closers = [] } }
            return state.threads == 0 ? state.closers : []
        }
        for closer in closers { closer.resume() }
    }

    /// Runs jobs until the pool is closed and the queue empty. The worker's connection is closed on return.
    private func serve(with worker: Worker) {
        while let job = nextJob() {
            let isLate = patience.map { ContinuousClock.now - job.begun > $0 } ?? false
            let late = SQLError(.unavailable, message: "no connection became free in time")
            job.run(isLate ? .failure(stall.refusal ?? late) : .success(worker))
            if job.isWrite { monitor.change(waking: .none) { $0.writing -= 1 } }
        }
    }

    /// Returns the next job, waiting for it; nil once the pool is closed and the queue empty.
    private func nextJob() -> Job? {
        var isIdle = false
        return monitor.wait { state -> Job?? in
            let job = state.queue.next(mayWrite: state.writing < writeLimit)
            if job == nil, !state.isClosed || state.queue.count > 0 {
                if !isIdle { state.idle += 1 }
                isIdle = true
                return nil
            }
            if isIdle { state.idle -= 1 }
            if job?.isWrite == true { state.writing += 1 }
            // Whoever waits for a write to end must learn that the queue is empty.
            if state.isClosed { monitor.wake(.all) }
            return .some(job)
        }
    }
}
