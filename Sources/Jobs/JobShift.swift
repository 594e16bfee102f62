import Logging
import Primitives
import SQL
import ServiceLifecycle

/// One run of a runner, from start to shutdown, under a name of its own.
struct JobShift: Sendable {
    let runner: JobRunner
    /// Unguessable and never used twice, so that no two shifts mistake each other's jobs for their own.
    let owner: String
    let claimed = ClaimedJobs()

    init(_ runner: JobRunner) {
        self.runner = runner
        self.owner = runner.random.token(byteCount: 15)
    }

    var queue: JobQueue { runner.queue }
    var database: any Database { runner.queue.database }
    var settings: JobRunner.Settings { runner.settings }

    func work() async {
        let feeds = JobFeeds()
        let listener = queue.signal.subscribe { feeds.wake($0) }
        defer { queue.signal.unsubscribe(listener) }
        await agreeOnTime()
        feeds.wake(nil)
        await withTaskCancellationOrGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { background in
                background.addTask { await lengthenLeases() }
                background.addTask { await tick(feeds) }
                background.addTask { await keepUp(on: feeds) }
                await withTaskGroup(of: Void.self) { lanes in
                    for lane in JobLane.allCases {
                        lanes.addTask { await ShiftLane(shift: self, lane: lane, feeds: feeds).run() }
                    }
                }
                background.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            feeds.stop()
        }
    }

    func drain() async throws -> Int {
        await agreeOnTime()
        return try await withThrowingTaskGroup(of: Void.self) { background in
            background.addTask { await lengthenLeases() }
            defer { background.cancelAll() }
            var attempts = 0
            while true {
                try await takeOverExpired()
                try await fireCron()
                var round = 0
                for lane in JobLane.allCases { round += try await drain(lane) }
                if round == 0 { return attempts }
                attempts += round
            }
        }
    }

    private func drain(_ lane: JobLane) async throws -> Int {
        var attempts = 0
        while true {
            try Task.checkCancellation()
            var jobs = try await take(from: lane, limit: settings.batch)[...]
            if jobs.isEmpty { return attempts }
            attempts += jobs.count
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<concurrency(of: lane) {
                    if let job = jobs.popFirst() { group.addTask { await execute(job) } }
                }
                while await group.next() != nil {
                    if let job = jobs.popFirst() { group.addTask { await execute(job) } }
                }
            }
        }
    }

    func concurrency(of lane: JobLane) -> Int {
        switch lane {
        case .database: settings.databaseConcurrency
        case .external: settings.externalConcurrency
        case .callback: settings.callbackConcurrency
        }
    }

    /// Takes up to `limit` jobs that are due. Nothing is written where nothing is due.
    func take(from lane: JobLane, limit: Int) async throws -> [ClaimedJob] {
        let (kinds, time, owner, lease) = (runner.kinds, queue.time, owner, settings.lease)
        while true {
            let ids = try await database.read {
                try JobsQueries.due(lane, kinds: kinds, at: time.now, limit: limit, $0)
            }
            if ids.isEmpty { return [] }
            let jobs = try await database.write { tx in
                let now = time.now
                return try JobsQueries.claim(ids, for: owner, at: now, until: now + lease, tx)
            }
            claimed.add(jobs)
            // Where others were quicker with every one of them, look again.
            if !jobs.isEmpty { return jobs }
        }
    }

    private func tick(_ feeds: JobFeeds) async {
        while (try? await Task.sleep(for: settings.pollInterval.duration)) != nil { feeds.wake(nil) }
    }
}
