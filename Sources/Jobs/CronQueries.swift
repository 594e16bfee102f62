import Primitives
import SQL

/// Statements on `job_cron`, which stores the next slot of each cron entry.
package enum CronQueries {
    /// A row of `job_cron`.
    package struct Slot: RowDecodable {
        static let columns: Query = "name, next_slot, last_slot"

        /// The name of the cron entry.
        package let name: String
        /// The slot that comes next.
        package let next: Timestamp
        /// The slot that was fired last; nil before the first.
        package let last: Timestamp?

        /// Decodes a row of `columns`.
        ///
        /// - Throws: `SQLError` of kind `.decoding`.
        package init(row: inout RowReader) throws {
            name = try row()
            next = try row()
            last = try row()
        }
    }

    /// Returns the rows of all entries that were ever seen.
    ///
    /// - Throws: `SQLError`.
    package static func all(_ connection: Connection) throws -> [Slot] {
        try connection.all("SELECT \(Slot.columns) FROM job_cron")
    }

    /// Inserts an entry seen for the first time; does nothing where another instance was quicker.
    static func begin(_ name: String, next: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            "\(tx.dialect.insertOrIgnore) job_cron (name, next_slot) VALUES (\(name), \(next))")
    }

    /// Moves an entry from the slot that was read to `next`; returns false where another instance was quicker.
    ///
    /// - Throws: `SQLError`.
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

    /// Resets an entry to `next`, as if it had never been fired; returns false where another instance was quicker.
    static func restart(_ slot: Slot, next: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE job_cron SET next_slot = \(next), last_slot = NULL
            WHERE name = \(slot.name) AND last_slot = \(slot.last)
            """) == 1
    }
}
