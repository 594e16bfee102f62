import Commerce
import HTTPTypes
import Jobs
import SQL
import Web

/// The endpoints by which staff look after the job queue: `/api/admin/jobs/` and `/api/admin/cron/`.
struct JobRoutes: Sendable {
    private static let base = "/api/admin/jobs/"
    private static let viewing = Access.staff(JobsModule.viewing)
    private static let editing = Access.staff(JobsModule.editing)

    let database: any Database
    let jobs: JobQueue
    let cron: [CronEntry]

    var group: EndpointGroup {
        EndpointGroup("Jobs", "What the shop does by itself, and what of it has failed.", reading + changing)
    }

    private var reading: [Endpoint] {
        [
            Endpoint(
                .get, Self.base,
                "Lists the jobs that wait, run or have failed, the newest first unless asked otherwise.",
                access: Self.viewing,
                use: list
            ).refusing(.notFound),
            Endpoint(.get, Self.base + "counts/", "Counts the jobs.", access: Self.viewing, use: counts),
            Endpoint(
                .get, Self.base + "{id}/", "Shows a job; to administrators what it is about, without its texts.",
                access: Self.viewing, use: show
            ).refusing(.notFound),
            Endpoint(
                .get, "/api/admin/cron/", "Lists what is done on a schedule.", access: Self.viewing, use: schedule),
        ]
    }

    private var changing: [Endpoint] {
        [
            Endpoint(
                .post, Self.base + "{id}/retry/", "Has a job tried again that had given up.", access: Self.editing,
                in: database, use: retry
            ).refusing(.notFound, .conflict),
            Endpoint(
                .delete, Self.base + "{id}/", "Discards a job that does not run.", access: Self.editing,
                status: .noContent, in: database, use: discard
            ).refusing(.notFound, .conflict),
            Endpoint(
                .post, Self.base + "retry-dead/", "Has all jobs tried again that had given up.", access: Self.editing,
                use: retryDead),
        ]
    }

    private func list(_ call: APIRequest, _ input: JobListInput) async throws -> Page<JobBody> {
        let found = try await database.report { connection in
            let filter = try input.filter.done(connection)
            return try PageRows(count: jobs.count(filter, connection), input.page) {
                try jobs.list(
                    filter, by: JobOrder(input.ordering.key, descending: input.ordering.descending),
                    limit: input.page.size, offset: input.page.offset, connection)
            }
        }
        return try Page(found, input.page, of: call) { JobBody($0) }
    }

    private func counts(_: APIRequest, _: NoInput) async throws -> JobCountsBody {
        JobCountsBody(try await jobs.counts())
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> JobBody {
        guard let job = try await jobs.job(try Self.id(of: call)) else { throw NotFound() }
        return JobBody(job, withPayload: try call.caller().role == .admin)
    }

    private func schedule(_: APIRequest, _: NoInput) async throws -> [CronBody] {
        try await jobs.slots(of: cron).map { CronBody($0) }
    }

    private func retry(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> JobBody {
        let job = try require(call, tx)
        try call.recordBefore(JobBody(job))
        guard job.state == .dead else { throw JobDeskError.notDead }
        guard try jobs.retry(job.id, in: tx) else { throw JobDeskError.keyHeld }
        return JobBody(try require(call, tx))
    }

    private func discard(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        let job = try require(call, tx)
        try call.recordBefore(JobBody(job))
        guard try jobs.discard(job.id, in: tx) else { throw JobDeskError.running }
        return NoContent()
    }

    private func retryDead(_: APIRequest, _: NoInput) async throws -> RetriedBody {
        RetriedBody(count: try await jobs.retryAllDead())
    }

    private func require(_ call: APIRequest, _ connection: Connection) throws -> JobRecord {
        guard let job = try jobs.job(try Self.id(of: call), connection) else { throw NotFound() }
        return job
    }

    private static func id(of call: APIRequest) throws -> JobID {
        guard let number = Int64(try call.text("id")), number > 0 else { throw NotFound() }
        return JobID(rawValue: number)
    }
}

/// The query of a list of jobs.
struct JobListInput: Input {
    let filter: JobFilter
    let ordering: Ordering<JobOrder.Key>
    let page: PageRequest

    init(_ fields: Fields) {
        let state = fields.optionalChoice("state", of: JobBody.State.self)
        filter = JobFilter(
            state: state?.state, kind: fields.optionalString("kind", length: 0...100), search: fields.search())
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// What cannot be done with a job, in business words.
enum JobDeskError: BusinessError, Equatable {
    /// It has not given up, or is tried again by now.
    case notDead
    /// Another job of its kind does the same by now.
    case keyHeld
    /// It is under way.
    case running

    var kind: ErrorKind { .conflict }

    var code: String {
        switch self {
        case .notDead: "job_not_dead"
        case .keyHeld: "job_key_held"
        case .running: "job_running"
        }
    }

    var message: String {
        switch self {
        case .notDead: "This job has not given up: it will be done anyway."
        case .keyHeld: "Another job does the same by now."
        case .running: "This job runs at the moment."
        }
    }
}
