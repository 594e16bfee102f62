import SQL

/// One `write` that waits for its turn: its closure and the caller to be answered.
struct WriteJob: Sendable {
    /// What one run of the closure came to; nothing of it is told before the commit.
    struct Attempt: Sendable {
        let failed: Bool
        /// What to run once the transaction is committed.
        let actions: [@Sendable () -> Void]
        let answer: @Sendable () -> Void
    }

    /// Runs the closure in the session's transaction; may be called again when the transaction came to nothing.
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
                return Attempt(failed: false, actions: transaction.takeCommitActions()) {
                    continuation.resume(returning: value)
                }
            } catch {
                return Attempt(failed: true, actions: []) { continuation.resume(throwing: error) }
            }
        }
    }
}
