import SQL

/// The statements on tables whose rows staff keep by hand.
enum ResourceQueries {
    static func count<Row: TableRow>(of type: Row.Type, _ filter: some RowFilter, _ connection: Connection) throws
        -> Int
    {
        try connection.value("SELECT COUNT(*) FROM \(Query(Row.table)) WHERE \(filter.condition)") ?? 0
    }

    static func rows<Row: TableRow, Key: SQLName>(
        _ filter: some RowFilter, by order: Ordering<Key>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Row] {
        let walk = connection.dialect.forceIndex(filter.index(by: order.key.sqlName.description))
        return try connection.all(
            """
            SELECT \(Row.columns) FROM \(Query(Row.table)) \(walk) WHERE \(filter.condition)
            ORDER BY \(order.key) \(order.direction), id \(order.direction) \(page.limit)
            """)
    }

    static func find<Row: TableRow>(_ id: Row.ID, _ connection: Connection) throws -> Row? {
        try connection.first("SELECT \(Row.columns) FROM \(Query(Row.table)) WHERE id = \(id)")
    }

    static func delete<Row: TableRow>(_ id: Row.ID, of type: Row.Type, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM \(Query(Row.table)) WHERE id = \(id)")
    }
}
