/// What a request sets on a `Row`: everything with POST and PUT, with PATCH what was sent.
public struct Change<Row: Sendable>: Sendable {
    private var edits: [@Sendable (inout Row) -> Void] = []

    public init() {}

    /// Sets what `path` names, where the request has a value for it: what `Fields.sent` gives.
    public mutating func set<Value: Sendable>(
        _ path: any WritableKeyPath<Row, Value> & Sendable, to value: Value?
    ) {
        guard let value else { return }
        edits.append { $0[keyPath: path] = value }
    }

    /// `row` with everything set.
    public func applied(to row: Row) -> Row {
        edits.reduce(into: row) { $1(&$0) }
    }
}
