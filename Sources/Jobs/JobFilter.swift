import SQL

/// The conditions on the jobs of a list; nil leaves one out.
public struct JobFilter: Sendable, Hashable {
    /// The state that they are in.
    public let state: JobState?
    /// The kind of their payload.
    public let kind: String?
    private var search: RowSearch<JobID>?

    /// Creates the conditions of a list; `search` is a job's number, or a part of its kind or of its last error.
    public init(state: JobState? = nil, kind: String? = nil, search: String? = nil) {
        self.state = state
        self.kind = kind
        self.search = search.map { RowSearch(JobAdminQueries.matches($0)) }
    }

    /// Returns the filter with its search done, where it finds few jobs: neither counting nor listing them then searches again.
    ///
    /// - Throws: `SQLError`.
    public func done(_ connection: Connection) throws -> JobFilter {
        var filter = self
        filter.search = try search?.done(connection)
        return filter
    }

    var condition: Query {
        var parts: [Query] = []
        if let state { parts.append("state = \(state)") }
        if let kind { parts.append("kind = \(kind)") }
        if let search { parts.append(search.holds("id")) }
        return parts.isEmpty ? "1 = 1" : parts.joined(by: " AND ")
    }

    /// Returns the hint of the index that has the list in this order, with the state and kind of each job.
    func walk(_ order: JobOrder, _ dialect: Dialect) -> Query {
        if search?.isDone == true { return .empty }
        return switch order.key {
        case .createdAt: state == nil ? .empty : dialect.through("ix_jobs_state")
        case .runAt: dialect.through("ix_jobs_run_at")
        case .attempts: dialect.through("ix_jobs_attempts")
        case .state: dialect.through("ix_jobs_state")
        }
    }
}

/// The order of a list of jobs.
public struct JobOrder: Sendable, Hashable {
    /// The keys by which jobs can be ordered.
    public enum Key: String, CaseIterable, Sendable {
        /// When they were enqueued.
        case createdAt = "created_at"
        /// When they are to run.
        case runAt = "run_at"
        /// How often they were taken by a runner.
        case attempts
        /// Their state.
        case state
    }

    let key: Key
    let descending: Bool

    /// Creates the order by `key`, the largest first where `descending` says so.
    public init(_ key: Key, descending: Bool = false) {
        self.key = key
        self.descending = descending
    }

    /// The newest first.
    public static let newestFirst = JobOrder(.createdAt, descending: true)

    /// What stands after `ORDER BY`.
    var sql: Query {
        let way: Query = descending ? "DESC" : "ASC"
        return switch key {
        case .createdAt: "id \(way)"
        case .runAt: "run_at \(way), id \(way)"
        case .attempts: "attempts \(way), id \(way)"
        case .state: "state \(way), id \(way)"
        }
    }
}
