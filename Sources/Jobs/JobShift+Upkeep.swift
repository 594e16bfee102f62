import Logging
import Primitives
import SQL

/// Upkeep beside running jobs: extending leases, taking over lost jobs, firing cron entries.
extension JobShift {
    private static let expiredAtOnce = 1_000

    /// Extends the leases of all held jobs three times in a lease's length, until canceled.
    func lengthenLeases() async {
        let pause = TimeSpan(microseconds: settings.lease.microseconds / 3)
        while (try? await Task.sleep(for: pause.duration)) != nil {
            let ids = claimed.ids
            guard !ids.isEmpty else { continue }
            let (owner, until) = (owner, queue.time.now + settings.lease)
            await logging("leases could not be lengthened") {
                try await database.write { try JobsQueries.extendLeases(ids, of: owner, until: until, $0) }
            }
        }
    }

    func keepUp(on feeds: JobFeeds) async {
        for await _ in feeds.upkeep {
            await agreeOnTime()
            await logging("expired leases could not be taken over") { try await takeOverExpired() }
            await logging("cron entries could not be fired") { try await fireCron() }
        }
    }

    /// Measures from time to time how far the database's clock is from this machine's.
    func agreeOnTime() async {
        await logging("the database's clock could not be read") {
            try await queue.clock.measureIfDue(database, runner.logger)
        }
    }

    /// Makes jobs ready again whose runner vanished.
    func takeOverExpired() async throws {
        let now = queue.time.now
        // A clock that jumps (a sandbox's) makes our own leases look expired; we know better.
        let expired = try await database.read { try JobsQueries.expired(at: now, limit: Self.expiredAtOnce, $0) }
            .filter { !claimed.contains($0) }
        guard !expired.isEmpty else { return }
        let verdicts = expired.map { job in
            (job, JobVerdict.lost(job, policy: policy(of: job), now: now, random: runner.random))
        }
        let written = try await database.write { tx in
            try verdicts.filter { try JobsQueries.recordFailure($0.0, $0.1, expiredBy: now, tx) }
        }
        for (job, verdict) in written {
            record(verdict, job, logger(of: job))
        }
        for lane in Set(written.map(\.0.lane)) { queue.signal.wake(lane) }
    }

    /// Enqueues the jobs of the slots that have come, and inserts entries seen for the first time.
    func fireCron() async throws {
        guard !runner.cron.isEmpty else { return }
        let slots = try await database.read { try CronQueries.all($0) }
        let known = Dictionary(slots.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for entry in runner.cron {
            await logging("a cron entry could not be fired", ["entry": "\(entry.name)"]) {
                try await fire(entry, known[entry.name])
            }
        }
    }

    private func fire(_ entry: CronEntry, _ slot: CronQueries.Slot?) async throws {
        let (queue, now) = (queue, queue.time.now)
        guard let slot else {
            guard let next = entry.schedule.next(after: now) else { return }
            return try await database.write { try CronQueries.begin(entry.name, next: next, $0) }
        }
        if let last = slot.last, last > now + SharedClock.tolerance { return try await putRight(entry, slot, now) }
        // After the last slot as well, so that an instance whose clock is behind does not fire it again.
        guard let next = entry.schedule.next(after: max(now, slot.last ?? now)) else { return }
        if slot.next <= now {
            try await database.write { tx in
                guard try CronQueries.advance(slot, to: next, tx) else { return }
                _ = try entry.enqueue(queue, slot.next, tx)
            }
        } else if next < slot.next {
            try await database.write { try CronQueries.correct(slot, to: next, $0) }
        }
    }

    /// Resets an entry that was fired under a clock far ahead: it would wait until that time has come.
    private func putRight(_ entry: CronEntry, _ slot: CronQueries.Slot, _ now: Timestamp) async throws {
        guard let next = entry.schedule.next(after: now) else { return }
        guard try await database.write({ try CronQueries.restart(slot, next: next, $0) }) else { return }
        runner.logger.warning(
            "a cron entry had been fired in the future and begins anew",
            metadata: ["entry": "\(entry.name)", "fired": "\(slot.last ?? now)", "next": "\(next)"])
    }

    private func logging(
        _ message: Logger.Message, _ metadata: Logger.Metadata = [:], _ work: () async throws -> Void
    ) async {
        do {
            try await work()
        } catch {
            let metadata = metadata.merging(["error": "\(JobFailure.reason(of: error))"]) { kept, _ in kept }
            runner.logger.log(level: error.isOutage ? .debug : .error, message, metadata: metadata)
        }
    }
}
