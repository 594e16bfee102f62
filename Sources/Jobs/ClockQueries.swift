import Primitives
import SQL

/// The database's clock.
enum ClockQueries {
    /// Returns the database's time; nil on SQLite, which has the machine's.
    static func now(_ connection: Connection) throws -> Timestamp? {
        switch connection.dialect {
        case .sqlite: nil
        case .mysql: try connection.value("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)")
        }
    }
}
