/// The fields that a request sets on a `Row`: all of them with POST and PUT, only those sent with PATCH.
public struct Change<Row: Sendable>: Sendable {
    private var edits: [@Sendable (inout Row) -> Void] = []

    /// Creates a change that sets nothing.
    public init() {}

    /// Sets the property at `path`; does nothing where `value`, which `Fields.sent` returned, is nil.
    public mutating func set<Value: Sendable>(
        _ path: any WritableKeyPath<Row, Value> & Sendable, to value: Value?
    ) {
        guard let value else { return }
        edits.append { $0[keyPath: path] = value }
    }

    /// Returns `row` with every field set.
    public func applied(to row: Row) -> Row {
        edits.reduce(into: row) { $1(&$0) }
    }
}
