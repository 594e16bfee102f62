import SQL

/// The tables of the conformance suite.
enum Fixture {
    static let migrations = [
        Migration(
            1, "conformance",
            [
                .create(
                    Table("things") {
                        Column.id
                        Column("number", .integer, .null)
                        Column("amount", .real, .null)
                        Column("name", .text(200), .null)
                        Column("note", .longText, .null)
                        Column("body", .blob, .null)
                    }),
                .create(
                    Table("users") {
                        Column.id
                        Column("email", .text(40), .unique)
                        Column("name", .text(10))
                    }),
                .create(
                    Table("orders") {
                        Column.id
                        Column("user_id", .integer, .references("users", onDelete: .restrict))
                        Column("total", .money)
                        Constraint.check("orders_total", "total >= 0")
                    }),
                .create(
                    Table("order_lines") {
                        Column.id
                        Column("order_id", .integer, .references("orders", onDelete: .cascade))
                        Index("order_id")
                    }),
                .create(
                    Table("counters") {
                        Column("name", .text(40), .primaryKey)
                        Column("value", .integer)
                    }),
            ])
    ]

    @discardableResult
    static func addUser(_ email: String, _ tx: Transaction) throws -> Int64 {
        try tx.insert("INSERT INTO users (email, name) VALUES (\(email), 'someone')")
    }

    static func emails(_ connection: Connection) throws -> [String] {
        try connection.column("SELECT email FROM users ORDER BY id")
    }

    static func emails(in database: any Database) async throws -> [String] {
        try await database.read { try emails($0) }
    }

    static func addNumbers(_ numbers: [Int64], _ tx: Transaction) throws {
        for start in stride(from: 0, to: numbers.count, by: 1_000) {
            let rows = numbers[start..<min(start + 1_000, numbers.count)].map { [SQLValue.integer($0)] }
            try tx.execute("INSERT INTO things (number) VALUES \(rows: rows)")
        }
    }
}

/// Returns the `SQLError` that `body` throws, or nil where it throws none.
func sqlError(_ body: () async throws -> Void) async -> SQLError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? SQLError
    }
}

/// An error of the test's own, to be told from the driver's.
struct Refusal: Error, Equatable {
    var reason = ""
}
