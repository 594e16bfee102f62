import Logging
import Primitives
import SQL
import Synchronization

/// One lane of a shift: takes jobs that are due and keeps as many running as it may.
final class ShiftLane: Sendable {
    private let shift: JobShift
    private let lane: JobLane
    private let feeds: JobFeeds
    private let running = Atomic(0)

    init(shift: JobShift, lane: JobLane, feeds: JobFeeds) {
        self.shift = shift
        self.lane = lane
        self.feeds = feeds
    }

    /// Works until the feed ends; then releases what was taken and not begun, and waits for the rest.
    func run() async {
        await withDiscardingTaskGroup { group in
            var waiting: ArraySlice<ClaimedJob> = []
            for await _ in feeds.stream(for: lane) { await fill(&group, &waiting) }
            await shift.release(Array(waiting))
        }
    }

    private var freePlaces: Int { shift.concurrency(of: lane) - running.load(ordering: .acquiring) }

    private func fill(_ group: inout DiscardingTaskGroup, _ waiting: inout ArraySlice<ClaimedJob>) async {
        while !feeds.isStopped {
            // Read once for each step: a job that ends meanwhile wakes the lane again.
            let free = freePlaces
            guard free > 0 else { return }
            if let job = waiting.popFirst() {
                begin(job, &group)
                continue
            }
            waiting = await take(limit: limit(free))[...]
            if waiting.isEmpty { return }
        }
    }

    /// Returns how many to take: quick jobs many at a time, slow ones only as there is room, since others may have it
    /// now.
    private func limit(_ free: Int) -> Int {
        switch lane {
        case .database: max(free, shift.settings.batch)
        case .external, .callback: free
        }
    }

    private func begin(_ job: ClaimedJob, _ group: inout DiscardingTaskGroup) {
        running.add(1, ordering: .acquiringAndReleasing)
        group.addTask {
            await self.shift.execute(job)
            self.running.subtract(1, ordering: .acquiringAndReleasing)
            self.feeds.wake(self.lane)
        }
    }

    private func take(limit: Int) async -> [ClaimedJob] {
        do {
            return try await shift.take(from: lane, limit: limit)
        } catch {
            shift.runner.logger.log(
                level: error.isOutage ? .debug : .error, "jobs could not be taken",
                metadata: ["lane": "\(lane)", "error": "\(JobFailure.reason(of: error))"])
            return []
        }
    }
}
