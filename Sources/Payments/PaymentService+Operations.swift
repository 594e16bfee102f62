import Commerce
import Primitives
import SQL

/// What gateways were asked, and how it ended.
extension PaymentService {
    /// Returns what a payment's gateway has not answered, oldest first.
    ///
    /// - Throws: `SQLError`.
    public func pendingOperations(of id: PaymentID, in connection: Connection) throws -> [PaymentOperation] {
        try OperationQueries.pending(of: id, connection)
    }

    /// Ends an operation that is not ended yet, or notes that it failed and stays pending; returns whether it was pending before.
    ///
    /// - Throws: `SQLError`.
    @discardableResult
    public func end(
        _ operation: PaymentOperation, as status: PaymentOperation.Status, error: String = "", in tx: Transaction
    ) throws -> Bool {
        try OperationQueries.end(operation.id, as: status, error: Self.cut(error), at: time.now, tx)
    }

    /// Counts another attempt at a pending operation before it is made; nil where it has ended meanwhile.
    ///
    /// - Throws: `SQLError`.
    public func retry(_ operation: PaymentOperation, in tx: Transaction) throws -> PaymentOperation? {
        guard var current = try OperationQueries.find(operation.id, tx), current.status == .pending else { return nil }
        current.attempts += 1
        current.error = ""
        current.updatedAt = time.now
        try OperationQueries.update(current, tx)
        return current
    }

    /// Takes the turn to ask a payment's gateway because somebody looks, which is given once in three seconds.
    ///
    /// - Throws: `SQLError`.
    public func takeTurn(_ id: PaymentID, in tx: Transaction) throws -> Bool {
        try PaymentQueries.takeTurn(id, since: time.now - .seconds(3), at: time.now, tx)
    }

    /// Returns payments that are due to be asked about.
    ///
    /// - Throws: `SQLError`.
    public func due(limit: Int, in connection: Connection) throws -> [PaymentID] {
        try PaymentQueries.due(at: time.now, limit: limit, connection)
    }

    /// Sets when a locked payment is asked about next: after `pause`, or by the schedule; never again where there is nothing to ask.
    ///
    /// - Throws: `SQLError`.
    public func postpone(_ payment: Payment, by pause: TimeSpan? = nil, in tx: Transaction) throws {
        guard payment.nextCheckAt != nil else { return }
        var changed = payment
        if pause == nil { changed.checks += 1 }
        let isWatched = try isWatched(payment, tx)
        changed.nextCheckAt = isWatched ? time.now + (pause ?? schedule.pause(after: changed.checks)) : nil
        try PaymentQueries.update(changed, tx)
    }

    /// Marks a payment whose order had been paid by another one when its money came.
    ///
    /// - Throws: `SQLError`.
    public func markSurplus(_ payment: Payment, in tx: Transaction) throws -> Payment {
        var changed = payment
        changed.isSurplus = true
        changed.updatedAt = time.now
        try PaymentQueries.update(changed, tx)
        return changed
    }
}
