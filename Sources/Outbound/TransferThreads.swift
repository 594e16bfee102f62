import Primitives
import Synchronization

/// The threads on which libcurl blocks, away from Swift's shared pool; `HTTPClient` and `SMTPClient` may share them.
///
/// Each thread keeps its own libcurl handle, and with it its open connections. The threads end when this is released.
public final class TransferThreads: Sendable {
    private let queue: Monitor<TransferQueue>

    /// Starts `count` threads: as many transfers run at once, the others wait.
    ///
    /// - Throws: `OutboundError` of kind `.unavailable`.
    public init(count: Int = 4) throws {
        guard TransferThread.libraryIsReady else { throw OutboundError(.unavailable, "libcurl does not start") }
        let queue = Monitor(TransferQueue())
        self.queue = queue
        do {
            for _ in 0..<max(1, count) { try TransferThread.start(on: queue) }
        } catch {
            queue.change(waking: .all) { $0.isClosed = true }
            throw error
        }
    }

    deinit {
        queue.change(waking: .all) { $0.isClosed = true }
    }

    /// Runs `body` on one of the threads. Canceling the task removes it from the queue or aborts its transfer.
    ///
    /// - Throws: whatever `body` throws, `CancellationError`.
    func run<Value: Sendable>(_ body: @escaping @Sendable (borrowing Transfer) throws -> Value) async throws -> Value {
        let ticket = TransferTicket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
                let job = TransferJob(ticket: ticket) { transfer in
                    continuation.resume(with: Result { try body(transfer) })
                } abandon: {
                    continuation.resume(throwing: CancellationError())
                }
                let isQueued = queue.change { $0.append(job) }
                if !isQueued { job.abandon() }
            }
        } onCancel: {
            ticket.cancel()
            queue.change(waking: .none) { $0.remove(ticket) }?.abandon()
        }
    }
}

/// A flag that tells a running transfer that nobody waits for it any more.
final class TransferTicket: Sendable {
    private let cancelled = Atomic(false)

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}

/// Work for a thread: exactly one of the two closures is called, once.
struct TransferJob: Sendable {
    let ticket: TransferTicket
    let perform: @Sendable (borrowing Transfer) -> Void
    let abandon: @Sendable () -> Void
}

/// The jobs that wait for a thread.
struct TransferQueue: Sendable {
    var isClosed = false
    private var jobs: [TransferJob] = []

    enum Next {
        case job(TransferJob)
        case end
    }

    /// Appends a job; returns false where it was canceled before.
    mutating func append(_ job: TransferJob) -> Bool {
        guard !job.ticket.isCancelled else { return false }
        jobs.append(job)
        return true
    }

    mutating func remove(_ ticket: TransferTicket) -> TransferJob? {
        guard let place = jobs.firstIndex(where: { $0.ticket === ticket }) else { return nil }
        return jobs.remove(at: place)
    }

    mutating func next() -> Next? {
        if !jobs.isEmpty { return .job(jobs.removeFirst()) }
        return isClosed ? .end : nil
    }
}
