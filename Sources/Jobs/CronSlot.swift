import Primitives
import SQL

/// When a cron entry comes.
public struct CronSlot: Sendable {
    /// The entry's name.
    public let name: String
    /// The kind of the job that it enqueues.
    public let kind: String
    /// The rule for its slots.
    public let schedule: CronSchedule
    /// The slot that comes next; nil where none ever does.
    public let next: Timestamp?
    /// The slot that came last; nil before the first.
    public let last: Timestamp?
}

extension JobQueue {
    /// Returns when each of the entries comes next and came last, in their order; of one that no runner has seen yet, when it
    /// will come.
    ///
    /// - Throws: `SQLError`.
    public func slots(of entries: [CronEntry]) async throws -> [CronSlot] {
        let now = time.now
        let stored = try await database.read { try CronQueries.all($0) }
        let known = Dictionary(stored.map { ($0.name, $0) }) { first, _ in first }
        return entries.map { entry in
            CronSlot(
                name: entry.name, kind: entry.kind, schedule: entry.schedule,
                next: known[entry.name]?.next ?? entry.schedule.next(after: now), last: known[entry.name]?.last)
        }
    }
}
