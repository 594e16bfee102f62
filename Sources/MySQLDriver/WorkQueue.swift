import SQL

/// A closure that waits for a connection; it answers its caller itself.
struct Job: Sendable {
    let isWrite: Bool
    /// The time of arrival.
    let begun = ContinuousClock.now
    /// Takes the thread's worker, or the reason why there is no thread.
    let run: @Sendable (Result<Worker, SQLError>) -> Void
}

/// Jobs in the order of their arrival, where reads overtake writes that may not begin yet.
struct WorkQueue {
    private var reads = Lane()
    private var writes = Lane()
    private var arrivals = 0

    var count: Int { reads.count + writes.count }

    mutating func append(_ job: Job) {
        arrivals += 1
        if job.isWrite { writes.append(job, arrivals) } else { reads.append(job, arrivals) }
    }

    /// Removes and returns the job to run next; nil where none may.
    mutating func next(mayWrite: Bool) -> Job? {
        guard mayWrite, let write = writes.firstArrival else { return reads.popFirst() }
        guard let read = reads.firstArrival, read < write else { return writes.popFirst() }
        return reads.popFirst()
    }

    /// Empties the queue and returns its jobs.
    mutating func removeAll() -> [Job] {
        var jobs: [Job] = []
        while let job = next(mayWrite: true) { jobs.append(job) }
        return jobs
    }
}

/// A queue, first in, first out.
private struct Lane {
    private var entries: [(job: Job, arrival: Int)?] = []
    private var head = 0

    var count: Int { entries.count - head }
    var firstArrival: Int? { head < entries.count ? entries[head]?.arrival : nil }

    mutating func append(_ job: Job, _ arrival: Int) {
        entries.append((job, arrival))
    }

    mutating func popFirst() -> Job? {
        guard head < entries.count else { return nil }
        let job = entries[head]?.job
        entries[head] = nil
        head += 1
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1_024 {
            entries.removeFirst(head)
            head = 0
        }
        return job
    }
}
