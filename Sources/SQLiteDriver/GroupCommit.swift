import Logging
import Primitives
import SQL

/// Runs the closures that waited in the writer's queue in savepoints of one transaction and answers after its one
/// COMMIT.
///
/// Errors are answered after it too, since a closure may have seen a neighbor's rows. Where the transaction is lost
/// (disk full, ON CONFLICT ROLLBACK, a COMMIT that fails), each closure is run again in a transaction of its own, so
/// that only those at fault fail.
struct GroupCommit: Sendable {
    let session: SQLiteSession
    let lockTimeout: TimeSpan
    let logger: Logger

    func run(_ jobs: [WriteJob]) {
        if jobs.count == 1 { return runOneByOne(jobs) }
        do {
            try begin()
        } catch {
            for job in jobs { job.fail(error) }
            return
        }
        guard let attempts = attemptAll(jobs), commits() else {
            session.rollback()
            logger.notice(
                "a group of transactions is run again one by one",
                metadata: ["count": .stringConvertible(jobs.count)])
            return runOneByOne(jobs)
        }
        for attempt in attempts { answer(attempt) }
    }

    /// Runs the closures in savepoints; nil where the transaction was lost on the way.
    private func attemptAll(_ jobs: [WriteJob]) -> [WriteJob.Attempt]? {
        var attempts: [WriteJob.Attempt] = []
        attempts.reserveCapacity(jobs.count)
        do {
            for job in jobs {
                _ = try session.perform("SAVEPOINT kontor_group")
                let attempt = job.attempt(session)
                guard session.isInTransaction else { return nil }
                if attempt.failed { _ = try session.perform("ROLLBACK TO kontor_group") }
                _ = try session.perform("RELEASE kontor_group")
                attempts.append(attempt)
            }
        } catch {
            return nil
        }
        return attempts
    }

    private func commits() -> Bool {
        (try? session.perform("COMMIT")) != nil
    }

    private func runOneByOne(_ jobs: [WriteJob]) {
        for (index, job) in jobs.enumerated() {
            do {
                try begin()
            } catch {
                // Another process has the lock: the others would wait in vain as well, one after the other.
                for job in jobs[index...] { job.fail(error) }
                return
            }
            runAlone(job)
        }
    }

    private func runAlone(_ job: WriteJob) {
        let attempt = job.attempt(session)
        if attempt.failed {
            session.rollback()
            return attempt.answer()
        }
        do {
            // A closure that swallowed the error at which the transaction ended has committed nothing.
            _ = try session.run("COMMIT", [])
            answer(attempt)
        } catch {
            session.rollback()
            job.fail(error)
        }
    }

    private func begin() throws(SQLError) {
        try session.beginWriting(deadline: Deadline(after: lockTimeout))
    }

    private func answer(_ attempt: WriteJob.Attempt) {
        for action in attempt.actions { action() }
        attempt.answer()
    }
}
