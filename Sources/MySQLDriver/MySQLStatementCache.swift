import SQL

/// The statements that one connection keeps prepared; the least recently used is evicted.
struct MySQLStatementCache {
    private let limit: Int
    private var statements: [String: PreparedStatement] = [:]
    private var uses = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Returns the statement of `text`, made by `prepare` where it is not cached.
    ///
    /// - Throws: what `prepare` throws.
    mutating func statement(
        _ text: String, prepare: () throws(SQLError) -> PreparedStatement
    ) throws(SQLError) -> PreparedStatement {
        uses += 1
        if let kept = statements[text] {
            kept.lastUse = uses
            return kept
        }
        let made = try prepare()
        made.lastUse = uses
        if statements.count >= limit { dropOldest() }
        statements[text] = made
        return made
    }

    mutating func drop(_ text: String) {
        statements[text] = nil
    }

    mutating func dropAll() {
        statements = [:]
    }

    private mutating func dropOldest() {
        if let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) { statements[oldest.key] = nil }
    }
}
