import Logging
import Primitives
import SQL

/// One attempt at one job.
extension JobShift {
    /// Does the job's work and ends the job in the transaction of its effect, or records its failure.
    func execute(_ job: ClaimedJob) async {
        defer { claimed.remove(job) }
        let logger = logger(of: job)
        logger.debug("job started")
        queue.metrics.count(.started, kind: job.kind)
        let start = ContinuousClock.now
        do {
            try await perform(job, logger)
            queue.metrics.record(start.duration(to: .now), kind: job.kind)
            queue.metrics.count(.succeeded, kind: job.kind)
            logger.debug("job succeeded")
        } catch is JobNoLongerHeld {
            logger.warning("job was taken over by another runner; nothing of this attempt was written")
        } catch {
            queue.metrics.record(start.duration(to: .now), kind: job.kind)
            // A shutdown that would wait no longer is not the job's failure.
            if Task.isCancelled, error is CancellationError { return await release([job]) }
            await fail(job, error, logger)
        }
    }

    /// Releases jobs as if they had not been taken.
    func release(_ jobs: [ClaimedJob]) async {
        guard !jobs.isEmpty else { return }
        do {
            try await database.write { try JobsQueries.release(jobs, $0) }
            for lane in Set(jobs.map(\.lane)) { queue.signal.wake(lane) }
        } catch {
            runner.logger.log(
                level: error.isOutage ? .debug : .warning,
                "jobs could not be given back; their leases will run out",
                metadata: ["jobs": .stringConvertible(jobs.count), "error": "\(JobFailure.reason(of: error))"])
        }
        for job in jobs { claimed.remove(job) }
    }

    private func perform(_ job: ClaimedJob, _ logger: Logger) async throws {
        guard let handler = runner.handlers[job.kind] else {
            throw JobFailure.permanent("no handler for jobs of kind \(job.kind)")
        }
        let context = JobContext(
            jobID: job.id, kind: job.kind, attempt: job.attempt, enqueuedAt: job.createdAt,
            isLast: job.failures + 1 >= job.maxAttempts, logger: logger)
        let complete = try await handler.perform(job.payload, context)
        try await database.write { tx in
            // First, so that on MySQL the row's lock is held while the effect is written.
            guard try JobsQueries.finish(job, tx) else { throw JobNoLongerHeld() }
            try complete(tx)
        }
    }

    private func fail(_ job: ClaimedJob, _ error: any Error, _ logger: Logger) async {
        let verdict = JobVerdict.failed(
            job, error, policy: policy(of: job), now: queue.time.now, random: runner.random)
        do {
            guard try await database.write({ try JobsQueries.recordFailure(job, verdict, $0) }) else {
                return logger.warning("job failed after another runner took it over")
            }
            record(verdict, job, logger)
        } catch {
            logger.log(
                level: error.isOutage ? .debug : .error,
                "a failure could not be written; the job's lease will run out",
                metadata: ["error": "\(JobFailure.reason(of: error))", "failure": "\(verdict.reason)"])
        }
    }

    /// Returns a logger with a job's id, kind and attempt.
    func logger(of job: ClaimedJob) -> Logger {
        var logger = runner.logger
        logger[metadataKey: "job"] = .stringConvertible(job.id.rawValue)
        logger[metadataKey: "kind"] = "\(job.kind)"
        logger[metadataKey: "attempt"] = .stringConvertible(job.attempt)
        return logger
    }

    /// Counts and logs a verdict that was written.
    func record(_ verdict: JobVerdict, _ job: ClaimedJob, _ logger: Logger) {
        queue.metrics.count(.failed, kind: job.kind)
        if verdict.state == .dead {
            queue.metrics.count(.dead, kind: job.kind)
            logger.error("job is dead", metadata: ["error": "\(verdict.reason)"])
        } else {
            logger.warning(
                "job failed, to be tried again",
                metadata: ["error": "\(verdict.reason)", "run_at": "\(verdict.runAt)"])
        }
    }

    func policy(of job: ClaimedJob) -> RetryPolicy {
        runner.handlers[job.kind]?.retry ?? RetryPolicy()
    }
}

/// An error: the job was finished, discarded or taken over since this attempt began. The attempt's effects are rolled
/// back.
private struct JobNoLongerHeld: Error {}
