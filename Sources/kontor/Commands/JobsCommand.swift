import ArgumentParser
import Jobs
import KontorApp
import Primitives

/// Shows the job queue, and retries or discards dead jobs.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Look at the job queue.",
        subcommands: [Counts.self, Dead.self, Retry.self, Discard.self], defaultSubcommand: Counts.self)

    /// How many jobs are in each state.
    struct Counts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Count the jobs in each state.")

        @OptionGroup var data: DataOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let counts = try await data.withInstallation { try await JobQueue($0.database).counts() }
            if json {
                let members = [
                    "due": counts.due, "scheduled": counts.scheduled, "running": counts.running, "dead": counts.dead,
                ]
                print(String(decoding: try JSONBytes.encode(members), as: UTF8.self))
            } else {
                print(
                    "due \(counts.due), scheduled \(counts.scheduled), running \(counts.running), dead \(counts.dead)")
            }
        }
    }

    /// The jobs that gave up.
    struct Dead: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the jobs that gave up, newest first.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let jobs = try await data.withInstallation { try await JobQueue($0.database).list(.dead, limit: 100) }
            for job in jobs { print("\(job.id)  \(job.kind)  \(job.failures) failures  \(job.lastError ?? "")") }
            if jobs.isEmpty { print("No job gave up.") }
        }
    }

    /// Takes dead jobs up again.
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a dead job up again, or all of them.")

        @OptionGroup var data: DataOptions

        @Argument(help: "The job's id; without it every dead job.")
        var id: Int64?

        func run() async throws {
            let count = try await data.withInstallation { installation in
                let queue = JobQueue(installation.database)
                guard let id else { return try await queue.retryAllDead() }
                return try await queue.retry(JobID(rawValue: id)) ? 1 : 0
            }
            print("\(count) taken up again.")
            if count == 0, id != nil { throw ExitCode(1) }
        }
    }

    /// Drops a job for good.
    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Drop a job for good.")

        @OptionGroup var data: DataOptions

        @Argument(help: "The job's id.")
        var id: Int64

        func run() async throws {
            let dropped = try await data.withInstallation {
                try await JobQueue($0.database).discard(JobID(rawValue: id))
            }
            print(dropped ? "Dropped." : "There is no such job that waits or is dead.")
            if !dropped { throw ExitCode(1) }
        }
    }
}
