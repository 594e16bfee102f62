import Primitives
import SQL

extension SandboxGateway {
    /// Lists the refunds or the disputes that were made in a span of time, a hundred at a time. The cursor is the number of the last
    /// one.
    ///
    /// - Throws: `GatewayError.unavailable`.
    public func changes(
        _ kind: GatewayChangeKind, from: Timestamp, until: Timestamp, after cursor: String?
    ) async throws -> GatewayChangePage {
        let (last, limit) = (cursor.flatMap { Int64($0) } ?? 0, Self.pageSize + 1)
        let (objects, next) = try await reachable {
            try await database.read { connection in
                switch kind {
                case .refunds:
                    let rows = try SandboxRefundQueries.refunds(
                        from: from, until: until, after: last, limit: limit, connection)
                    return try Self.page(of: rows, \.id) { try provider.objects(of: $0, connection) }
                case .disputes:
                    let rows = try SandboxRefundQueries.disputes(
                        from: from, until: until, after: last, limit: limit, connection)
                    return try Self.page(of: rows, \.id) { try provider.objects(of: $0, connection) }
                }
            }
        }
        return GatewayChangePage(try objects.compactMap { try reading.claim(in: $0) }, next: next)
    }

    /// Returns the objects of a page and the cursor of the next one, for which a row more was read.
    private static func page<Row>(
        of rows: [Row], _ id: KeyPath<Row, Int64>, _ objects: ([Row]) throws -> [JSONValue]
    ) rethrows -> (objects: [JSONValue], next: String?) {
        let page = Array(rows.prefix(pageSize))
        return (try objects(page), rows.count > pageSize ? page.last.map { String($0[keyPath: id]) } : nil)
    }
}
