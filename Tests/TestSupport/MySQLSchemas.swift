import SQL
struct MySQLSchemas: Sendable {
    func lend<Value>(
        _ instances: Int, _ migrations: [Migration], to body: ([any Database]) async throws -> Value
    ) async throws -> Value { throw SQLError(.unavailable, message: "interim") }
}
