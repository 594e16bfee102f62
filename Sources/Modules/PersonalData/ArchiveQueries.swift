import Primitives
import SQL

/// Reads parts of archives.
public enum ArchiveQueries {
    /// Returns the rows of a part as a JSON array of objects; times as RFC 3339, amounts in minor units.
    ///
    /// - Throws: `SQLError`.
    public static func rows(
        of part: ArchivePart, _ user: ArchivedUser, _ connection: Connection
    ) throws -> JSONValue {
        let names = part.columns.map(\.description)
        let columns = part.columns.map { Query($0) }.joined(by: ", ")
        let times = Set(names.filter { $0.ends(with: "_at") || $0 == "last_login" })
        return .array(
            try connection.rows("SELECT \(columns) FROM \(part.source(user))").map { row in
                .object(
                    Dictionary(
                        names.enumerated().map { ($1, json(row.raw($0), isTime: times.contains($1))) }
                    ) { first, _ in first })
            })
    }

    private static func json(_ value: SQLValue, isTime: Bool) -> JSONValue {
        switch value {
        case .null: .null
        case .integer(let number):
            isTime ? .string(Timestamp(microseconds: number).description) : .number(String(number))
        case .text(let text): .string(text)
        default: .null
        }
    }
}
