import SQL
import TestSupport
import Testing

@Suite struct QueryRenderingTests {
    @Test func `a query prints its text and how many values it binds, never the values`() {
        let query: Query =
            "SELECT id FROM users WHERE email = \("ann@example.com") AND name IN (\(list: ["Ann", "Bob"]))"
        let shown = "SELECT id FROM users WHERE email = ? AND name IN (?, ?) [3 values]"
        var dumped = ""
        dump(query, to: &dumped)
        #expect("\(query)" == shown && String(reflecting: query) == shown && "\([query])" == "[\(shown)]")
        #expect(!dumped.contains("ann@example.com") && !dumped.contains("Bob"))
        #expect("\("SELECT 1" as Query)" == "SELECT 1")
        #expect("\("SELECT \(1)" as Query)" == "SELECT ? [1 value]")
    }

    @Test func `an INSERT of no rows is refused before a database sees it`() {
        let error = SQLError(.other, message: "an INSERT was given no rows")
        #expect(throws: error) { try "INSERT INTO things (number) VALUES \(rows: [])" as Query }
        #expect(throws: error) { try "INSERT INTO things \(insert: [])" as Query }
    }

    @Test func `rows of one INSERT that do not go together are refused`() {
        #expect(throws: SQLError.self) { try "VALUES \(rows: [.row(1, 2), .row(3)])" as Query }
        #expect(throws: SQLError.self) { try "\(insert: [["a": 1], ["b": 1]])" as Query }
    }

    @Test func `columns stand beside their values in INSERT and UPDATE`() throws {
        let values: ColumnValues = ["name": "Ann", "age": 7]
        let now: ColumnValues = ["made_at": Int?.none]
        let insert: Query = "INSERT INTO people \(insert: values + now)"
        #expect(insert.text == "INSERT INTO people (name, age, made_at) VALUES (?, ?, ?)")
        #expect(insert.values == [.text("Ann"), .integer(7), .null])
        let rows: Query = try "INSERT INTO people \(insert: [values, ["name": "Bob", "age": 8]])"
        #expect(rows.text == "INSERT INTO people (name, age) VALUES (?, ?), (?, ?)")
        #expect(rows.values == [.text("Ann"), .integer(7), .text("Bob"), .integer(8)])
        let update: Query = "UPDATE people SET \(set: values), version = version + 1 WHERE id = \(3)"
        #expect(update.text == "UPDATE people SET name = ?, age = ?, version = version + 1 WHERE id = ?")
        #expect(update.values == [.text("Ann"), .integer(7), .integer(3)])
    }

    private struct Person: Record, Equatable {
        var id: Int64 = 0
        var email = ""
        var tags: [String] = []

        static let columns = Columns<Person>(
            .key("id", \.id), .column("email", \.email),
            .column("name", \.tags, read: { ($0 as String).split(separator: " ").map(String.init) }) {
                $0.joined(separator: " ")
            })
    }

    @Test(arguments: Backend.available)
    func `a record is written and read by columns that are named once`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let ann = Person(email: "ann@example.com", tags: ["a", "b"])
            let (id, found) = try await database.write { tx in
                let id = try tx.insert("INSERT INTO users \(insert: try ann.values())")
                try tx.execute("UPDATE users SET \(set: try ann.values()) WHERE id = \(id)")
                let query: Query = "SELECT \(Person.columns) FROM users WHERE id = \(id)"
                return (id, try tx.first(query, as: Person.self))
            }
            #expect(found == Person(id: id, email: ann.email, tags: ann.tags))
        }
    }

    private struct Pair: Record {
        var both = (left: 0, right: 0)

        static let columns = Columns<Pair>(
            .columns(["l", "r"], \.both, read: { (try $0(), try $0()) }, write: { [$0.left, $0.right] }),
            .derived("sum") { $0.both.left + $0.both.right })
    }

    @Test func `several columns make one property, and what is derived is written and not read`() throws {
        let query: Query = "SELECT \(Pair.columns) FROM pairs"
        #expect(query.text == "SELECT l, r FROM pairs")
        #expect(("\(Pair.columns, of: "p")" as Query).text == "p.l, p.r")
        let insert: Query = "INSERT INTO pairs \(insert: try Pair(both: (2, 3)).values())"
        #expect(insert.text == "INSERT INTO pairs (l, r, sum) VALUES (?, ?, ?)")
        #expect(insert.values == [.integer(2), .integer(3), .integer(5)])
    }
}
