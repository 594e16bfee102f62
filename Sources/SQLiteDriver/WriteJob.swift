import SQL

/// One `write` in the queue: its closure and the caller to be answered.
struct WriteJob: Sendable {
    /// The result of one run of the closure; the caller learns nothing of it before the commit.
    struct Attempt: Sendable {
        let failed: Bool
        /// The actions to run once the transaction is committed.
        let actions: [@Sendable () -> Void]
        let answer: @Sendable () -> Void
    }

    /// Runs the closure in the session's transaction; may be called again when the transaction was lost.
    let attempt: @Sendable (SQLiteSession) -> Attempt
    /// Answers with an error that is not the closure's.
    let fail: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        meter: StatementMeter?, continuation: CheckedContinuation<Value, any Error>,
        body: @escaping @Sendable (Transaction) throws -> Value
    ) {
        self.fail = { continuation.resume(throwing: $0) }
        self.attempt = { session in
            let transaction = Transaction(session, dialect: .sqlite, meter: meter)
            do {
                let value = try body(transaction)
                try transaction.runLastWork()
                return Attempt(failed: false, actions: transaction.takeCommitActions()) {
                    continuation.resume(returning: value)
                }
            } catch {
                return Attempt(failed: true, actions: []) { continuation.resume(throwing: error) }
            }
        }
    }
}
