import Commerce
import Messages
import Primitives
import SQL

/// The one writer of payments, their refunds and disputes, and of the ledger. Every change of money is posted in its own transaction.
///
/// What it does to orders and stock is composed by `Checkout`, which locks the order before the payment.
public struct PaymentService: Sendable {
    let time: TimeSource
    let random: RandomSource
    let box: SecretBox
    let webhookBox: SecretBox
    let customerSeed: [UInt8]
    let schedule: ReconcileSchedule
    let events: EventPublisher
    let onReversal: ReversalHook

    /// What follows when more or less of an order's money has been refunded, or a dispute about it was lost or won after
    /// that: told in the transaction, whose order is locked, with the service that posts it.
    public typealias ReversalHook = @Sendable (OrderID, PaymentService, Transaction) throws -> Void

    /// Creates a service; `secret` seals what browsers pay with, `events` is told of refunds.
    public init(
        secret: SecretKey, schedule: ReconcileSchedule, time: TimeSource, random: RandomSource,
        events: EventPublisher = .silent, onReversal: @escaping ReversalHook = { _, _, _ in }
    ) {
        self.events = events
        box = SecretBox(secret, purpose: "payment-actions")
        webhookBox = SecretBox(secret, purpose: "webhook-payloads")
        customerSeed = secret.derive("payment-customers")
        self.schedule = schedule
        self.time = time
        self.random = random
        self.onReversal = onReversal
    }

    /// What a new payment is for.
    public struct Draft: Sendable {
        let order: OrderID
        let orderNumber: String
        let user: UserID?
        let gateway: GatewayCode
        let method: String
        let amount: Money
        let currency: String
        let returnURL: String

        /// Describes a payment of `amount`, in minor units of `currency`.
        public init(
            order: OrderID, orderNumber: String, user: UserID?, gateway: GatewayCode, method: String, amount: Money,
            currency: String, returnURL: String
        ) {
            self.order = order
            self.orderNumber = orderNumber
            self.user = user
            self.gateway = gateway
            self.method = method
            self.amount = amount
            self.currency = currency
            self.returnURL = returnURL
        }
    }

    /// Writes a new payment and the operation that will make it at its gateway, which is asked once this is committed.
    ///
    /// - Throws: `SQLError`.
    public func begin(
        _ draft: Draft, _ request: PaymentOperation.Request, in tx: Transaction
    ) throws -> (payment: Payment, operation: PaymentOperation) {
        let payment = try insert(draft, tx)
        return (payment, try begin(.create, of: payment, amount: draft.amount, request, in: tx))
    }

    /// Writes down what a payment's gateway is about to be asked; reconciliation begins anew to ask about the payment, should the
    /// answer be lost.
    ///
    /// - Throws: `SQLError`.
    public func begin(
        _ kind: PaymentOperation.Kind, of payment: Payment, refund: RefundID? = nil, amount: Money = .zero,
        _ request: PaymentOperation.Request = PaymentOperation.Request(), in tx: Transaction
    ) throws -> PaymentOperation {
        var operation = PaymentOperation()
        operation.payment = payment.id
        operation.refund = refund
        operation.kind = kind
        operation.key = "kontor-\(kind.rawValue)-" + Hex.encode(random.bytes(16))
        operation.amount = amount
        operation.request = request
        operation.attempts = 1
        operation.createdAt = time.now
        operation.updatedAt = operation.createdAt
        operation.id = try OperationQueries.insert(operation, tx)
        if kind != .create || !payment.gateway.isOnline {
            try PaymentQueries.bringForward(payment.id, to: operation.createdAt + schedule.pause(after: 0), tx)
        }
        return operation
    }

    private func insert(_ draft: Draft, _ tx: Transaction) throws -> Payment {
        var payment = Payment()
        payment.transactionID = "pay_" + Hex.encode(random.bytes(12))
        payment.order = draft.order
        payment.orderNumber = draft.orderNumber
        payment.user = draft.user
        payment.gateway = draft.gateway
        payment.method = draft.method
        payment.amount = draft.amount
        payment.currency = draft.currency
        payment.returnURL = draft.returnURL
        payment.createdAt = time.now
        payment.updatedAt = payment.createdAt
        payment.nextCheckAt = payment.gateway.isOnline ? payment.createdAt + schedule.pause(after: 0) : nil
        payment.id = try PaymentQueries.insert(payment, tx)
        return payment
    }

    /// Notes money that staff have seen, or that came with a delivery, as a payment that is completed.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func recordSeen(_ draft: Draft, in tx: Transaction) throws -> Payment {
        let payment = try insert(draft, tx)
        let report = GatewayPayment(payment.names, .processing, captured: draft.amount, method: draft.method)
        return try record(report, of: payment, in: tx)
    }

    /// Returns the payment; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public func find(_ id: PaymentID, in connection: Connection) throws -> Payment? {
        try PaymentQueries.find(id, connection)
    }

    /// Returns the payment that a gateway names by any of its names; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public func find(_ names: GatewayLookup, at gateway: GatewayCode, in connection: Connection) throws -> PaymentID? {
        try PaymentQueries.find(names, at: gateway, connection)
    }

    /// Returns the order of a payment, to be locked before it.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func order(of id: PaymentID, in connection: Connection) throws -> OrderID {
        guard let order = try PaymentQueries.order(of: id, connection) else { throw NotFound() }
        return order
    }

    /// Locks a payment, whose order is locked, until the transaction ends.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func lock(_ id: PaymentID, in tx: Transaction) throws -> Payment {
        guard let payment = try PaymentQueries.lock(id, tx) else { throw NotFound() }
        return payment
    }

    /// Returns all payments of an order, oldest first.
    ///
    /// - Throws: `SQLError`.
    public func payments(of order: OrderID, in connection: Connection) throws -> [Payment] {
        try PaymentQueries.payments(of: order, connection)
    }

    /// Returns the step of the payer's browser; nil where there is none any more.
    public func nextAction(of payment: Payment) -> NextAction? {
        guard payment.status.isOpen, let sealed = payment.sealedAction else { return nil }
        return NextAction(sealed: sealed, in: box, payment.transactionID)
    }

    /// Writes an issued document, or money, into the ledger.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func post(_ posting: LedgerPosting, in tx: Transaction) throws {
        try LedgerQueries.insert(posting, at: time.now, tx)
    }
}

extension GatewayCode {
    /// Whether it is asked over the network, or as if it were: its payments change without the shop.
    public var isOnline: Bool { self != .manual && self != .cashOnDelivery }
}
