import SQL
import TestSupport
import Testing

/// Runs requests and asks the database how it ran what they read.
package struct PlanReader: Sendable {
    private let database: any Database

    /// Creates a reader of the plans of a database.
    package init(database: any Database) {
        self.database = database
    }

    /// A step of a plan that reads a whole table, or sorts.
    package struct Finding: Sendable, CustomStringConvertible {
        /// The name of the table, or its alias in the statement.
        package let table: String
        /// Whether the step sorts.
        package let isSort: Bool
        /// The text of the statement.
        package let statement: String

        /// Whether it reads a whole table to count what a list for staff has. A list counts in an index with all that its filters
        /// compare, or in the rows where a database finds those no larger; long ones once a second (`CountCache`).
        package var isCount: Bool { !isSort && statement.hasPrefix("SELECT COUNT(*)") }

        package var description: String { "\(isSort ? "sorts" : "reads all of \(table)"): \(statement)" }
    }

    /// Returns what is slow about the statements that `body` runs, those that write too where it is said.
    package func findings(withWrites: Bool = false, _ body: () async throws -> Void) async throws -> [Finding] {
        let meter = StatementMeter(isRecording: true)
        try await StatementMeter.$current.withValue(meter) { try await body() }
        try #require(!meter.queries.isEmpty)
        return try await database.read { connection in
            try meter.queries.flatMap { try Self.findings($0, withWrites: withWrites, connection) }
        }
    }

    private static func table(_ step: String) -> String {
        step.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    }

    /// Returns what is slow about a statement: sorting where it is done to show a page, reading a whole table where it
    /// does not stop at the page's end. The rows of a page that was cut within the statement may be put in order again.
    private static func findings(
        _ query: Query, withWrites: Bool, _ connection: Connection
    ) throws -> [Finding] {
        let verbs = withWrites ? ["SELECT", "UPDATE", "DELETE"] : ["SELECT"]
        guard verbs.contains(where: query.text.hasPrefix) else { return [] }
        let isPage = query.text.contains(" LIMIT ")
        let isCut = query.text.ranges(of: " LIMIT ").last.map { query.text[$0.upperBound...].contains(")") } ?? false
        switch connection.dialect {
        case .sqlite:
            let steps = try connection.tuples("EXPLAIN QUERY PLAN \(query)", as: (Int, Int, Int, String).self)
                .filter { !(isCut && $0.1 == 0 && $0.3.contains("TEMP B-TREE")) }.map(\.3)
            let isSorted = steps.contains { $0.contains("TEMP B-TREE") }
            let derived = Set(
                steps.filter { $0.hasPrefix("CO-ROUTINE ") || $0.hasPrefix("MATERIALIZE ") }.map(Self.table))
            return steps.compactMap { step -> Finding? in
                let isSort = step.contains("TEMP B-TREE")
                let isScan = step.hasPrefix("SCAN ") && !step.contains("INDEX") && !(isPage && !isSorted)
                let table = Self.table(step)
                guard isSort && isPage || isScan && !(isCut && derived.contains(table)) else { return nil }
                return Finding(table: table, isSort: isSort, statement: query.text)
            }
        case .mysql:
            return try connection.rows("EXPLAIN FORMAT=TRADITIONAL \(query)").flatMap { row -> [Finding] in
                let cells = (0..<row.count).map { if case .text(let text) = row.raw($0) { text } else { "" } }
                let notes = cells.last ?? ""
                let sort = Finding(table: cells[2], isSort: true, statement: query.text)
                let scan = Finding(table: cells[2], isSort: false, statement: query.text)
                // MySQL tells the partitions between table and type, MariaDB does not.
                let isScan = cells[cells.count == 12 ? 4 : 3] == "ALL" && !cells[2].hasPrefix("<")
                let isSorted = notes.contains("filesort") && !(isCut && cells[2].hasPrefix("<derived"))
                return (isPage && isSorted ? [sort] : []) + (isScan ? [scan] : [])
            }
        }
    }
}
