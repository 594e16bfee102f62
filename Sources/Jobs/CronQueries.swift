import Primitives
import SQL

/// The cron entries' memory: the slot that comes next.
package enum CronQueries {
    package struct Slot: RowDecodable {
        static let columns: Query = "name, next_slot, last_slot"

        package let name: String
        package let next: Timestamp
        package let last: Timestamp?

        package init(row: Row) throws {
            name = try row[0]
            next = try row[1]
            last = try row[2]
        }
    }

    package static func all(_ connection: Connection) throws -> [Slot] {
        try connection.all("SELECT \(Slot.columns) FROM job_cron")
    }

    /// Notes an entry seen for the first time; nothing where another instance was quicker.
    static func begin(_ name: String, next: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            "\(tx.dialect.insertOrIgnore) job_cron (name, next_slot) VALUES (\(name), \(next))")
    }

    /// Moves an entry from the slot that was read to `next`. False where another instance was quicker.
    package static func advance(_ slot: Slot, to next: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE job_cron SET next_slot = \(next), last_slot = \(slot.next)
            WHERE name = \(slot.name) AND next_slot = \(slot.next)
            """) == 1
    }

    /// Moves an entry whose schedule was changed, without a run.
    static func correct(_ slot: Slot, to next: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE job_cron SET next_slot = \(next) WHERE name = \(slot.name) AND next_slot = \(slot.next)")
    }

    /// Has an entry begin anew, without a memory. False where another instance was quicker.
    static func restart(_ slot: Slot, next: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE job_cron SET next_slot = \(next), last_slot = NULL
            WHERE name = \(slot.name) AND last_slot = \(slot.last)
            """) == 1
    }
}
