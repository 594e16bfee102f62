/// Columns with the values that a row gets there, each named beside its value.
///
///     "INSERT INTO tax_rates \(insert: rule.values + ["created_at": now])"
///     "UPDATE tax_rates SET \(set: rule.values), version = version + 1 WHERE id = \(rule.id)"
public struct ColumnValues: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var names: [String] = []
    private(set) var values: [SQLValue] = []

    /// Names columns beside their values.
    public init(dictionaryLiteral columns: (StaticString, any SQLEncodable)...) {
        names.reserveCapacity(columns.count)
        values.reserveCapacity(columns.count)
        for (name, value) in columns { append(name, value) }
    }

    mutating func append(_ name: StaticString, _ value: any SQLEncodable) {
        names.append(name.description)
        values.append(value.sqlValue)
    }

    /// Joins the columns of both.
    public static func + (left: ColumnValues, right: ColumnValues) -> ColumnValues {
        var sum = left
        sum.names += right.names
        sum.values += right.values
        return sum
    }
}

extension Query.Interpolation {
    /// Names the columns of a new row and binds its values: `(a, b) VALUES (?, ?)`.
    public mutating func appendInterpolation(insert columns: ColumnValues) {
        append("(\(columns.names.joined(separator: ", "))) VALUES ", [])
        append(Self.places(columns.values.count), columns.values)
    }

    /// Names the columns of new rows and binds their values: `(a, b) VALUES (?, ?), (?, ?)`.
    ///
    /// - Throws: `SQLError` where there is no row or a row has other columns than the first.
    public mutating func appendInterpolation(insert rows: [ColumnValues]) throws(SQLError) {
        guard let first = rows.first else { throw Self.noRows }
        guard rows.allSatisfy({ $0.names == first.names }) else {
            throw SQLError(.other, message: "the rows of one INSERT name different columns")
        }
        append("(\(first.names.joined(separator: ", "))) VALUES ", [])
        try appendInterpolation(rows: rows.map(\.values))
    }

    /// Sets the columns of a row to bound values: `a = ?, b = ?`.
    public mutating func appendInterpolation(set columns: ColumnValues) {
        append(columns.names.map { "\($0) = ?" }.joined(separator: ", "), columns.values)
    }
}
