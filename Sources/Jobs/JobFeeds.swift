import Synchronization

/// The signals that wake the loops of one shift: a feed for each lane and one for upkeep. Calls that come while a loop
/// is at work are merged into one.
final class JobFeeds: Sendable {
    private struct Feed: Sendable {
        let stream: AsyncStream<Void>
        let source: AsyncStream<Void>.Continuation

        init() {
            (stream, source) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        }
    }

    private let database = Feed()
    private let external = Feed()
    private let callback = Feed()
    private let maintenance = Feed()
    private let stopped = Atomic(false)

    var isStopped: Bool { stopped.load(ordering: .acquiring) }
    var upkeep: AsyncStream<Void> { maintenance.stream }

    func stream(for lane: JobLane) -> AsyncStream<Void> { feed(lane).stream }

    /// Wakes one lane; nil wakes all lanes and the upkeep.
    func wake(_ lane: JobLane?) {
        if let lane {
            feed(lane).source.yield()
        } else {
            for lane in JobLane.allCases { feed(lane).source.yield() }
            maintenance.source.yield()
        }
    }

    /// Ends every loop after its present step.
    func stop() {
        stopped.store(true, ordering: .releasing)
        for lane in JobLane.allCases { feed(lane).source.finish() }
        maintenance.source.finish()
    }

    private func feed(_ lane: JobLane) -> Feed {
        switch lane {
        case .database: database
        case .external: external
        case .callback: callback
        }
    }
}

/// The jobs that one shift holds, whether it has begun them or not.
final class ClaimedJobs: Sendable {
    private struct Taking: Hashable {
        let id: JobID
        let attempt: Int
    }

    private let takings = Mutex<Set<Taking>>([])

    /// The ids in the order in which rows are locked.
    var ids: [JobID] {
        takings.withLock { $0.map(\.id) }.sorted { $0.rawValue < $1.rawValue }
    }

    func add(_ jobs: [ClaimedJob]) {
        takings.withLock { $0.formUnion(jobs.lazy.map { Taking(id: $0.id, attempt: $0.attempt) }) }
    }

    func remove(_ job: ClaimedJob) {
        takings.withLock { _ = $0.remove(Taking(id: job.id, attempt: job.attempt)) }
    }

    func contains(_ job: ClaimedJob) -> Bool {
        takings.withLock { $0.contains(Taking(id: job.id, attempt: job.attempt)) }
    }
}
