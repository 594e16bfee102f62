import Primitives

/// A search in every column of a database that can hold text: the proof that an erasure is complete.
public enum TextScan {
    /// A column in which the text was found.
    public struct Finding: Sendable, Hashable {
        /// The name of the table in the database.
        public let table: String
        /// The name of the column in the database.
        public let column: String
        /// The number of rows that hold the text.
        public let rows: Int
    }

    /// Returns every column that holds `text`, in whatever case. The names of tables and columns are the database's
    /// own.
    ///
    /// - Throws: `SQLError`.
    public static func findings(of text: String, _ connection: Connection) throws -> [Finding] {
        let needle = text.lowercased()
        return try columns(connection).compactMap { table, column in
            let name = quoted(column, connection.dialect)
            let cast: Query = connection.dialect == .sqlite ? " AS TEXT)" : " AS CHAR)"
            let count =
                try connection.value(
                    "SELECT COUNT(*) FROM " + quoted(table, connection.dialect) + " WHERE INSTR(LOWER(CAST(" + name
                        + cast
                        + "), \(needle)) > 0", as: Int.self) ?? 0
            return count > 0 ? Finding(table: table, column: column, rows: count) : nil
        }
    }

    private static func columns(_ connection: Connection) throws -> [(table: String, column: String)] {
        switch connection.dialect {
        case .sqlite:
            let tables = try connection.column(
                """
                SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
                AND name NOT LIKE 'sqlite_%' ORDER BY name
                """, as: String.self)
            return try tables.flatMap { table in
                let query: Query = "SELECT name, type FROM pragma_table_info(\(table))"
                return try connection.tuples(query, as: (String, String).self)
                    .filter { $0.1 != "INTEGER" && $0.1 != "REAL" }.map { (table, $0.0) }
            }
        case .mysql:
            return try connection.all(
                """
                SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()
                AND data_type IN ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json', 'tinyblob',
                'blob', 'mediumblob', 'longblob', 'binary', 'varbinary') ORDER BY table_name, column_name
                """
            ) { (try $0(), try $0()) }
        }
    }

    private static func quoted(_ name: String, _ dialect: Dialect) -> Query {
        let mark: Unicode.Scalar = dialect == .sqlite ? "\"" : "`"
        return Query(rendered: "\(mark)\(name.replacing(scalars: { $0 == mark ? "\(mark)\(mark)" : nil }))\(mark)")
    }
}
