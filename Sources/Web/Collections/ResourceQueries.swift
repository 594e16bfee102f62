import Commerce
import Primitives
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

    static func insert<Row: TableRow>(_ row: Row, at now: Timestamp, _ tx: Transaction) throws -> Row.ID {
        let values = try row.values() + ["created_at": now] + changed(row, at: now)
        return Row.ID(try tx.insert("INSERT INTO \(Query(Row.table)) \(insert: values)"))
    }

    static func update<Row: TableRow>(_ row: Row, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        let values = try row.values() + changed(row, at: now)
        return try tx.execute(
            """
            UPDATE \(Query(Row.table)) SET \(set: values), version = version + 1
            WHERE id = \(row.id) AND version = \(row.version)
            """) == 1
    }

    private static func changed<Row: TableRow>(_ row: Row, at now: Timestamp) -> ColumnValues {
        Row.columns.has("updated_at") ? ["updated_at": now] : [:]
    }

    static func delete<Row: TableRow>(_ id: Row.ID, of type: Row.Type, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM \(Query(Row.table)) WHERE id = \(id)")
    }
}
