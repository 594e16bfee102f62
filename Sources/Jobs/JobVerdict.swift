import Primitives

/// The decision about a job that did not succeed.
struct JobVerdict: Sendable, Equatable {
    /// The number of lost leases after which the job itself is taken for the cause.
    static let maxLosses = 50
    /// The number of lost leases that are put down to ordinary restarts and cost the job no pause.
    private static let freeLosses = 5

    let state: JobState
    let runAt: Timestamp
    let failures: Int
    let losses: Int
    let reason: String
    let diedAt: Timestamp?

    /// Decides after the handler or its transaction threw `error`.
    static func failed(
        _ job: ClaimedJob, _ error: any Error, policy: RetryPolicy, now: Timestamp, random: RandomSource
    ) -> JobVerdict {
        let failures = job.failures + 1
        var pause = policy.pause(afterFailure: failures, random: random)
        var isDead = failures >= job.maxAttempts
        switch error as? JobFailure {
        case .permanent: isDead = true
        case .retry(let asked, _): pause = asked
        case .timedOut, nil: break
        }
        return JobVerdict(
            state: isDead ? .dead : .ready, runAt: isDead ? now : now + pause, failures: failures, losses: job.losses,
            reason: JobFailure.reason(of: error), diedAt: isDead ? now : nil)
    }

    /// Decides after the lease ran out.
    static func lost(_ job: ClaimedJob, policy: RetryPolicy, now: Timestamp, random: RandomSource) -> JobVerdict {
        let losses = job.losses + 1
        let isDead = losses >= maxLosses
        let isSuspect = losses > freeLosses
        let pause = policy.pause(afterFailure: losses - freeLosses, random: random)
        return JobVerdict(
            state: isDead ? .dead : .ready, runAt: isSuspect && !isDead ? now + pause : now, failures: job.failures,
            losses: losses, reason: "attempt \(job.attempt) ended without a word: its lease ran out",
            diedAt: isDead ? now : nil)
    }
}
