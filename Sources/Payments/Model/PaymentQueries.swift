import Commerce
import Primitives
import SQL

/// The statements of `payments` and of what gateways are asked about them.
enum PaymentQueries {
    static func insert(_ payment: Payment, _ tx: Transaction) throws -> PaymentID {
        PaymentID(try tx.insert("INSERT INTO payments \(insert: try payment.values())"))
    }

    static func update(_ payment: Payment, _ tx: Transaction) throws {
        try tx.execute("UPDATE payments SET \(set: try payment.values()) WHERE id = \(payment.id)")
    }

    static func find(_ id: PaymentID, _ connection: Connection) throws -> Payment? {
        try connection.first("SELECT \(Payment.columns) FROM payments WHERE id = \(id)")
    }

    /// Locks the payment until the transaction ends.
    static func lock(_ id: PaymentID, _ tx: Transaction) throws -> Payment? {
        try tx.first("SELECT \(Payment.columns) FROM payments WHERE id = \(id) \(tx.dialect.forUpdate)")
    }

    /// Returns the order of a payment, which is locked before the payment.
    static func order(of id: PaymentID, _ connection: Connection) throws -> OrderID? {
        try connection.value("SELECT order_id FROM payments WHERE id = \(id)")
    }

    /// Returns the payment that a gateway names: by our own id, else by one of the gateway's.
    static func find(_ names: GatewayLookup, at gateway: GatewayCode, _ connection: Connection) throws -> PaymentID? {
        if !names.transactionID.isEmpty,
            let id: PaymentID = try connection.value(
                "SELECT id FROM payments WHERE transaction_id = \(names.transactionID) AND gateway = \(gateway)")
        {
            return id
        }
        if let reference = names.reference, !reference.isEmpty,
            let id: PaymentID = try connection.value(
                "SELECT id FROM payments WHERE gateway = \(gateway) AND gateway_reference = \(reference) LIMIT 1")
        {
            return id
        }
        guard let transaction = names.transaction, !transaction.isEmpty else { return nil }
        return try connection.value(
            "SELECT id FROM payments WHERE gateway = \(gateway) AND gateway_transaction_id = \(transaction) LIMIT 1")
    }

    /// Returns the payments that a gateway means by any of these names, by one statement; one that goes by several stands there more than
    /// once.
    static func named(
        _ names: [GatewayLookup], at gateway: GatewayCode, _ connection: Connection
    ) throws -> [Payment] {
        let own = names.map(\.transactionID).filter { !$0.isEmpty }
        let references = names.compactMap(\.reference).filter { !$0.isEmpty }
        let transactions = names.compactMap(\.transaction).filter { !$0.isEmpty }
        let columns: Query = "SELECT \(Payment.columns) FROM payments WHERE gateway = \(gateway)"
        let parts: [Query?] = [
            own.isEmpty ? nil : "\(columns) AND transaction_id IN (\(list: own))",
            references.isEmpty ? nil : "\(columns) AND gateway_reference IN (\(list: references))",
            transactions.isEmpty ? nil : "\(columns) AND gateway_transaction_id IN (\(list: transactions))",
        ]
        let asked = parts.compactMap { $0 }
        return asked.isEmpty ? [] : try connection.all(asked.joined(by: " UNION ALL "))
    }

    /// Returns the payments of an order, oldest first.
    static func payments(of order: OrderID, _ connection: Connection) throws -> [Payment] {
        try connection.all("SELECT \(Payment.columns) FROM payments WHERE order_id = \(order) ORDER BY id")
    }

    /// Returns payments that reconciliation has to ask about, those due first.
    static func due(at now: Timestamp, limit: Int, _ connection: Connection) throws -> [PaymentID] {
        try connection.column(
            "SELECT id FROM payments WHERE next_check_at <= \(now) ORDER BY next_check_at LIMIT \(limit)")
    }

    /// Begins the schedule of reconciliation anew at `moment`, unless it asks earlier.
    static func bringForward(_ id: PaymentID, to moment: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE payments SET next_check_at = \(moment), checks = 0
            WHERE id = \(id) AND (next_check_at IS NULL OR next_check_at > \(moment))
            """)
    }

    /// Marks a payment as asked about, unless that was done since `earlier`; returns whether it is the caller's turn.
    static func takeTurn(_ id: PaymentID, since earlier: Timestamp, at now: Timestamp, _ tx: Transaction) throws -> Bool
    {
        try tx.execute(
            """
            UPDATE payments SET asked_at = \(now) WHERE id = \(id) AND (asked_at IS NULL OR asked_at <= \(earlier))
            """) == 1
    }
}

/// The statements of `payment_operations`.
enum OperationQueries {
    static func insert(_ operation: PaymentOperation, _ tx: Transaction) throws -> Int64 {
        try tx.insert("INSERT INTO payment_operations \(insert: try operation.values())")
    }

    static func update(_ operation: PaymentOperation, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE payment_operations SET status = \(operation.status), attempts = \(operation.attempts),
            error = \(operation.error), updated_at = \(operation.updatedAt) WHERE id = \(operation.id)
            """)
    }

    /// Changes a pending operation; returns whether it was one.
    static func end(
        _ id: Int64, as status: PaymentOperation.Status, error: String, at now: Timestamp, _ tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE payment_operations SET status = \(status), error = \(error), updated_at = \(now)
            WHERE id = \(id) AND status = \(PaymentOperation.Status.pending)
            """) == 1
    }

    static func find(_ id: Int64, _ connection: Connection) throws -> PaymentOperation? {
        try connection.first("SELECT \(PaymentOperation.columns) FROM payment_operations WHERE id = \(id)")
    }

    /// Returns what a payment's gateway has not answered, oldest first.
    static func pending(of payment: PaymentID, _ connection: Connection) throws -> [PaymentOperation] {
        try connection.all(
            """
            SELECT \(PaymentOperation.columns) FROM payment_operations
            WHERE payment_id = \(payment) AND status = \(PaymentOperation.Status.pending) ORDER BY id
            """)
    }

    static func all(of payment: PaymentID, _ connection: Connection) throws -> [PaymentOperation] {
        try connection.all(
            "SELECT \(PaymentOperation.columns) FROM payment_operations WHERE payment_id = \(payment) ORDER BY id")
    }
}

/// The statements of `refunds` and `disputes`.
enum RefundQueries {
    static func insert(_ refund: Refund, _ tx: Transaction) throws -> RefundID {
        RefundID(try tx.insert("INSERT INTO refunds \(insert: try refund.values())"))
    }

    static func update(_ refund: Refund, _ tx: Transaction) throws {
        try tx.execute("UPDATE refunds SET \(set: try refund.values()) WHERE id = \(refund.id)")
    }

    static func find(_ id: RefundID, _ connection: Connection) throws -> Refund? {
        try connection.first("SELECT \(Refund.columns) FROM refunds WHERE id = \(id)")
    }

    static func find(requestKey: String, _ connection: Connection) throws -> Refund? {
        try connection.first("SELECT \(Refund.columns) FROM refunds WHERE request_key = \(requestKey)")
    }

    static func setReturn(_ back: ReturnID, of id: RefundID, _ tx: Transaction) throws {
        try tx.execute("UPDATE refunds SET return_id = \(back) WHERE id = \(id)")
    }

    /// Returns the refunds of these payments, oldest first.
    static func refunds(of payments: [PaymentID], _ connection: Connection) throws -> [Refund] {
        guard !payments.isEmpty else { return [] }
        return try connection.all(
            "SELECT \(Refund.columns) FROM refunds WHERE payment_id IN (\(list: payments)) ORDER BY id")
    }

    static func refunds(of order: OrderID, _ connection: Connection) throws -> [Refund] {
        try connection.all("SELECT \(Refund.columns) FROM refunds WHERE order_id = \(order) ORDER BY id")
    }

    static func insert(_ dispute: Dispute, _ tx: Transaction) throws -> DisputeID {
        DisputeID(try tx.insert("INSERT INTO disputes \(insert: try dispute.values())"))
    }

    static func update(_ dispute: Dispute, _ tx: Transaction) throws {
        try tx.execute("UPDATE disputes SET \(set: try dispute.values()) WHERE id = \(dispute.id)")
    }

    /// Returns whether a bank has still to decide about a payment.
    static func hasOpenDispute(_ id: PaymentID, _ connection: Connection) throws -> Bool {
        try connection.value(
            "SELECT COUNT(*) FROM disputes WHERE payment_id = \(id) AND status IN (\(list: openDisputes))",
            as: Int.self) ?? 0 > 0
    }

    /// Returns the disputes of these payments, oldest first.
    static func disputes(of payments: [PaymentID], _ connection: Connection) throws -> [Dispute] {
        guard !payments.isEmpty else { return [] }
        return try connection.all(
            "SELECT \(Dispute.columns) FROM disputes WHERE payment_id IN (\(list: payments)) ORDER BY id")
    }

    /// Returns the moment at which the oldest payment was begun about which a bank has still to decide.
    static func oldestDisputed(at gateway: GatewayCode, _ connection: Connection) throws -> Timestamp? {
        let oldest: Timestamp?? = try connection.first(
            """
            SELECT MIN(payments.created_at) FROM disputes JOIN payments ON payments.id = disputes.payment_id
            WHERE disputes.status IN (\(list: openDisputes)) AND disputes.gateway = \(gateway)
            """
        ) { try $0(Timestamp?.self) }
        return oldest ?? nil
    }

    private static let openDisputes = [GatewayDispute.Status.open, .underReview]

    static func dispute(
        _ id: String, at gateway: GatewayCode, _ connection: Connection
    ) throws -> Dispute? {
        try connection.first(
            "SELECT \(Dispute.columns) FROM disputes WHERE gateway = \(gateway) AND gateway_dispute_id = \(id)")
    }
}
