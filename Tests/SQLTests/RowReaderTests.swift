import SQL
import TestSupport
import Testing

@Suite struct RowReaderTests {
    private struct Owner: RowDecodable, Equatable {
        let id: Int
        let name: String

        init(id: Int, name: String) { (self.id, self.name) = (id, name) }
        init(row: inout RowReader) throws { self.init(id: try row(), name: try row()) }
    }

    private func read<Value: Sendable>(
        _ backend: Backend, _ body: @Sendable @escaping (Connection) throws -> Value
    ) async throws -> Value {
        try await withDatabase(backend) { database in try await database.read(body) }
    }

    @Test(arguments: Backend.available)
    func `a part of a row is read where the part before it ended`(backend: Backend) async throws {
        let found = try await read(backend) { connection in
            try connection.all("SELECT 1, 2, 'Ann', 3, 'Bob', 'end'") { row in
                (try row(Int.self), try Owner(row: &row), try Owner(row: &row), try row(String.self))
            }
        }
        #expect(found.map(\.0) == [1] && found.map(\.3) == ["end"])
        #expect(found.map(\.1) == [Owner(id: 2, name: "Ann")] && found.map(\.2) == [Owner(id: 3, name: "Bob")])
    }

    @Test(arguments: Backend.available)
    func `a row is read as a tuple, and rows as many`(backend: Backend) async throws {
        let query: Query = "SELECT 1 AS number, 'a' AS name, NULL UNION ALL SELECT 2, 'b', NULL ORDER BY 1"
        let (first, all) = try await read(backend) { connection in
            (
                try connection.tuple(query, as: (Int, String, Int?).self),
                try connection.tuples(query, as: (Int, String, Int?).self)
            )
        }
        #expect(first?.0 == 1 && first?.1 == "a" && first?.2 == nil)
        #expect(all.map(\.0) == [1, 2] && all.map(\.1) == ["a", "b"])
    }

    @Test(arguments: Backend.available)
    func `columns that are missing together are passed over together`(backend: Backend) async throws {
        let found = try await read(backend) { connection in
            try connection.all("SELECT 1, NULL, NULL, 'x' UNION ALL SELECT 2, 7, 'Ann', 'y' ORDER BY 1") { row in
                (
                    number: try row(Int.self), owner: try row.optional(2) { try Owner(row: &$0) },
                    last: try row(String.self)
                )
            }
        }
        #expect(found.map(\.owner) == [nil, Owner(id: 7, name: "Ann")])
        #expect(found.map(\.last) == ["x", "y"])
    }

    @Test(arguments: Backend.available)
    func `a reader that asks for more columns than there are, or leaves some, is refused`(backend: Backend) async {
        let readings: [(Query, @Sendable (inout RowReader) throws -> Void)] = [
            ("SELECT 1", { _ = try Owner(row: &$0) }),
            ("SELECT 1, 'a', 2", { _ = try Owner(row: &$0) }),
            ("SELECT 1, NULL", { row in _ = try row.optional(3) { try $0(Int.self) } }),
            ("SELECT 1, 'a', 2", { row in _ = try row.optional(3) { try Owner(row: &$0) } }),
        ]
        for (query, reading) in readings {
            let error = await sqlError { try await read(backend) { _ = try $0.all(query, reading) } }
            #expect(error?.kind == .decoding, "\(query)")
        }
    }
}
