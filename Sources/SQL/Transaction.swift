/// A transaction for writing, valid inside one closure of `Database.write`.
///
/// The closure may run more than once (a deadlock, a failed group commit), so it must do nothing but database work;
/// what has to happen after a success goes to ``afterCommit(_:)``.
public final class Transaction: Connection {
    private var commitActions: [@Sendable () -> Void] = []
    private var depth = 0

    /// Runs an UPDATE or DELETE and returns the number of rows that its condition found.
    ///
    /// - Throws: `SQLError`.
    @discardableResult
    public func execute(_ query: Query) throws(SQLError) -> Int {
        try run(query).affected
    }

    /// Runs an INSERT of one row and returns the id that the database drew.
    ///
    /// - Throws: `SQLError`.
    @discardableResult
    public func insert(_ query: Query) throws(SQLError) -> Int64 {
        try run(query).lastInsertID
    }

    /// Runs `body` in a savepoint: its writes alone are undone when it throws.
    ///
    /// - Throws: whatever `body` throws, after its writes are undone.
    public func savepoint<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        depth += 1
        defer { depth -= 1 }
        let kept = commitActions.count
        let name = Query(rendered: "kontor_\(depth)")
        _ = try run("SAVEPOINT " + name)
        do {
            let value = try body(self)
            _ = try run("RELEASE SAVEPOINT " + name)
            return value
        } catch {
            commitActions.removeSubrange(kept...)
            _ = try run("ROLLBACK TO SAVEPOINT " + name)
            _ = try run("RELEASE SAVEPOINT " + name)
            throw error
        }
    }

    /// Registers `action` to run once this transaction is committed, never when it is rolled back. It must be quick.
    public func afterCommit(_ action: @escaping @Sendable () -> Void) {
        commitActions.append(action)
    }

    /// Returns and forgets the actions to run after the commit: for drivers.
    public func takeCommitActions() -> [@Sendable () -> Void] {
        defer { commitActions = [] }
        return commitActions
    }
}
