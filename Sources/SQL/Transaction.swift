/// A transaction for writing, valid inside one closure of `Database.write`.
///
/// The closure may run more than once (a deadlock, a failed group commit), so it must do nothing but database work;
/// what has to be written last goes to ``beforeCommit(once:_:)``, what has to happen after a success to
/// ``afterCommit(_:)``.
public final class Transaction: Connection {
    private typealias LastWork = (key: String, write: (Transaction) throws -> Void)

    private var lastWork: [LastWork] = []
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
        let (keptWork, kept) = (lastWork.count, commitActions.count)
        let name = Query(rendered: "kontor_\(depth)")
        _ = try run("SAVEPOINT " + name)
        do {
            let value = try body(self)
            _ = try run("RELEASE SAVEPOINT " + name)
            return value
        } catch {
            lastWork.removeSubrange(keptWork...)
            commitActions.removeSubrange(kept...)
            _ = try run("ROLLBACK TO SAVEPOINT " + name)
            _ = try run("RELEASE SAVEPOINT " + name)
            throw error
        }
    }

    /// Registers `write` to run behind everything else in this transaction, right before the COMMIT, once for each
    /// `key` however often it is registered, in the order in which the keys came. What it throws undoes the
    /// transaction.
    ///
    /// A row that every transaction of a kind writes is so locked last, and for as short a time as can be. What was
    /// registered in a savepoint goes with the savepoint's writes.
    public func beforeCommit(once key: String, _ write: @escaping (Transaction) throws -> Void) {
        guard !lastWork.contains(where: { $0.key == key }) else { return }
        lastWork.append((key, write))
    }

    /// Runs what ``beforeCommit(once:_:)`` registered: for drivers.
    ///
    /// - Throws: `SQLError`, or whatever that work throws; the transaction has to be rolled back then.
    public func runLastWork() throws {
        var next = 0
        while next < lastWork.count {
            try lastWork[next].write(self)
            next += 1
        }
        lastWork = []
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
