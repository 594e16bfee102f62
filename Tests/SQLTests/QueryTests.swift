import SQL
import TestSupport
import Testing

/// Statements that are put together of pieces.
@Suite struct QueryTests {
    private enum Key: SQLName {
        case number
        case name

        var sqlName: StaticString { self == .number ? "number" : "name" }
    }

    @Test func `values are bound in their order, wherever their pieces go`() {
        let inner: Query = "a = \(1) AND b = \("x")"
        let query: Query = "SELECT \(Key.name) FROM things WHERE \(inner) OR c IN (\(list: [2, 3, 4])) LIMIT \(5)"
        #expect(query.text == "SELECT name FROM things WHERE a = ? AND b = ? OR c IN (?, ?, ?, ?) LIMIT ?")
        #expect(
            query.values == [.integer(1), .text("x"), .integer(2), .integer(3), .integer(4), .integer(4), .integer(5)])
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 2), (3, 4), (4, 4), (5, 8), (17, 32), (1_000, 1_024)])
    func `lists of many lengths share few texts`(_ length: Int, _ places: Int) {
        let query: Query = "\(list: Array(0..<Int64(length)))"
        #expect(query.text.count { $0 == "?" } == places && query.values.count == places)
        #expect(Set(query.values) == Set((0..<Int64(length)).map { SQLValue.integer($0) }))
        if length == 0 { #expect(query.text == "SELECT NULL FROM (SELECT 1 AS one) no_rows WHERE one = 0") }
    }

    @Test func `rows of an INSERT have a place for each value`() throws {
        let rows: [[SQLValue]] = [[.integer(1), .null], [.integer(2), .text("b")]]
        let query: Query = try "VALUES \(rows: rows)"
        #expect(query.text == "VALUES (?, ?), (?, ?)" && query.values == rows.flatMap(\.self))
    }

    @Test func `conditions are joined, the empty ones left out`() {
        let conditions: [Query] = [.empty, "a = \(1)", .empty, "b = \(2)", .empty]
        #expect(conditions.joined(by: " AND ").text == "a = ? AND b = ?")
        #expect(conditions.joined(by: " AND ").values == [.integer(1), .integer(2)])
        #expect([Query.empty, .empty].joined(by: " AND ").isEmpty && [Query]().joined(by: ", ").isEmpty)
        let parts: [Query] = ["a = \(1)", "b = \(2)"]
        #expect(parts.joined(by: " OR c = \(9) OR ").values == [.integer(1), .integer(9), .integer(2)])
    }

    @Test func `nothing is a NULL that is bound`() {
        let missing: Int? = nil
        let query: Query = "UPDATE things SET number = \(missing), name = \("x" as String?)"
        #expect(query.text == "UPDATE things SET number = ?, name = ?" && query.values == [.null, .text("x")])
    }

    /// What would end a literal, a comment or a statement where values were part of the text.
    static let hostile = [
        "'", "''", "\"", "`", "\\", "\\'", "';--", "'; DROP TABLE things; --", "/*", "*/", "--", "#", "?", "%", "_",
        "\u{0}x",
        "\u{1A}", "\r\n", "💥'", "\u{BF}'", "${x}", "\\0", "NULL", "0x27",
    ]

    @Test(arguments: Backend.available)
    func `no value is ever read as a part of the statement`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            for text in Self.hostile {
                _ = try await database.write { tx in try tx.execute("INSERT INTO things (name) VALUES (\(text))") }
                let found = try await database.read {
                    try $0.column("SELECT name FROM things WHERE name = \(text)", as: String.self)
                }
                #expect(found.map { Array($0.utf8) } == [Array(text.utf8)], "\(text.debugDescription)")
            }
            let listed = try await database.read {
                try $0.column(
                    "SELECT name FROM things WHERE name IN (\(list: Self.hostile)) ORDER BY id", as: String.self)
            }
            #expect(listed.map { Array($0.utf8) } == Self.hostile.map { Array($0.utf8) })
        }
    }

    @Test(arguments: Backend.available)
    func `names of a closed set order by their column, both ways`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                for (number, name) in [(2, "a"), (1, "c"), (3, "b")] {
                    try tx.execute("INSERT INTO things (number, name) VALUES (\(number), \(name))")
                }
            }
            for (key, wanted) in [(Key.number, ["c", "a", "b"]), (.name, ["a", "b", "c"])] {
                for (direction, expected) in [("ASC" as Query, wanted), ("DESC", wanted.reversed())] {
                    let names = try await database.read {
                        try $0.column("SELECT name FROM things ORDER BY \(key) \(direction)", as: String.self)
                    }
                    #expect(names == expected)
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `text is compared and ordered by its bytes on every database`(_ backend: Backend) async throws {
        let words = [
            "a", "B", "b", "é", "e", "E", "ä", "z", "Z", "ß", "ss", "日", "😀", "a\u{301}", "á", "", "10", "9",
        ]
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            try await database.write { tx in
                for word in words { try tx.execute("INSERT INTO things (name) VALUES (\(word))") }
            }
            let ordered = try await database.read {
                try $0.column("SELECT name FROM things ORDER BY name, id", as: String.self)
            }
            let expected = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            #expect(ordered.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
            for word in words {
                let count = try await database.read {
                    try $0.value("SELECT COUNT(*) FROM things WHERE name = \(word)", as: Int.self)
                }
                #expect(count == 1, "\(word.debugDescription)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `sums, remainders and comparisons of whole numbers are the same on every database`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let numbers: [Int64] = [0, 1, -1, 7, -7, 1 << 40, -(1 << 40), .max / 2, .min / 2]
            for left in numbers {
                for right in numbers where right != 0 {
                    let rows: [Int64] = try await database.read { connection in
                        let rows: [(Int64, Int64, Int64, Int64)] = try connection.tuples(
                            "SELECT \(left) + \(right), \(left) - \(right), \(left) % \(right), \(left) < \(right)"
                        )
                        return rows.first.map { [$0.0, $0.1, $0.2, $0.3] } ?? []
                    }
                    let isLess: Int64 = left < right ? 1 : 0
                    #expect(rows == [left + right, left - right, left % right, isLess], "\(left) and \(right)")
                }
            }
        }
    }
}
