import Commerce
import Orders
import Payments
import Primitives
import SQL

extension PaymentFlow {
    /// What a payer asks for.
    struct Wish: Sendable {
        let gateway: GatewayCode
        let method: String?
        let savedMethod: SavedMethodID?
        let savesMethod: Bool
        let returnURL: String
        /// Whether the caller is a user, who can save methods.
        let user: UserID?

        /// Whether it needs a gateway that keeps methods.
        var needsVault: Bool { savesMethod || savedMethod != nil }
    }

    /// What has to happen for a wish.
    private enum Start {
        /// The open payment is there.
        case found(Payment)
        /// The gateway has to be asked, for the first time or again.
        case ask(PaymentOperation)
        /// Another request asks it at this moment.
        case wait(PaymentID)
    }

    /// Begins to pay an order, or returns the payment that is open with this gateway already.
    ///
    /// `authorize` looks at the locked order and refuses who may not see it.
    ///
    /// - Returns: the payment, and whether it is new.
    /// - Throws: `NotFound`, `PaymentError`, `ValidationError` on `gateway` where it is not offered for this order, on
    ///   `payment_method` or `payment_method_id`; `GatewayError`, `SQLError`.
    func initiate(
        _ order: OrderReference, _ wish: Wish, authorize: @escaping @Sendable (Order, Transaction) throws -> Void
    ) async throws -> (payment: Payment, isNew: Bool) {
        let offered = try await database.read { try directory.offered(in: currency, $0) }
        guard let gateway = offered.first(where: { $0.gateway.code == wish.gateway })?.gateway else {
            throw Self.notOffered
        }
        if wish.needsVault {
            // For what is refused nobody is made known to the gateway.
            try await database.write { tx in
                let order = try orders.lock(order, in: tx)
                try authorize(order, tx)
                _ = try admit(wish, order, payments.payments(of: order.id, in: tx), gateway, tx)
            }
        }
        let customer = try await customer(for: wish, at: gateway)
        let start = try await database.write { tx in
            let order = try orders.lock(order, in: tx)
            try authorize(order, tx)
            return try decide(wish, order, gateway, customer, tx)
        }
        switch start {
        case .found(let payment): return (payment, false)
        case .ask(let operation) where operation.attempts > 1:
            return (try await repeated(operation, gateway), false)
        case .ask(let operation): return (try await run(operation), true)
        case .wait(let id): return (try await wait(for: id), false)
        }
    }

    /// Decides what a wish comes to, and writes a new payment where one has to be made.
    private func decide(
        _ wish: Wish, _ order: Order, _ gateway: any PaymentGateway, _ customer: String?, _ tx: Transaction
    ) throws -> Start {
        let known = try payments.payments(of: order.id, in: tx)
        let (due, saved) = try admit(wish, order, known, gateway, tx)
        let open = known.last { payment in
            payment.gateway == gateway.code && payment.status.isOpen && payment.amount == due
        }
        if let open, let start = try resume(open, tx) { return start }
        try checkout.closePayments(of: order, among: known, before: gateway.code, in: tx)
        var request = PaymentOperation.Request()
        request.method = wish.method
        request.email = order.email
        request.customer = customer
        request.savedMethod = saved
        request.savesMethod = wish.savesMethod
        let draft = PaymentService.Draft(
            order: order.id, orderNumber: order.number, user: order.user, gateway: gateway.code,
            method: wish.method ?? "", amount: due, currency: order.currency, returnURL: wish.returnURL)
        return .ask(try payments.begin(draft, request, in: tx).operation)
    }

    /// Refuses a wish that a locked order with these payments or the gateway does not allow; returns what is outstanding, and the
    /// gateway's id of the saved method.
    private func admit(
        _ wish: Wish, _ order: Order, _ known: [Payment], _ gateway: any PaymentGateway, _ tx: Transaction
    ) throws -> (due: Money, saved: String?) {
        if order.paymentStatus.isSettled || order.paymentStatus == .authorized { throw PaymentError.alreadyPaid }
        if order.status == .cancelled { throw PaymentError.orderCancelled }
        let due = try checkout.outstanding(of: order, among: known, in: tx)
        try check(wish, order, gateway, due)
        return (due, try wish.savedMethod.map { try savedMethod($0, of: wish, at: gateway, tx) })
    }

    /// Returns what to do about an open payment; nil where another one has to be made.
    private func resume(_ open: Payment, _ tx: Transaction) throws -> Start? {
        guard let operation = try payments.pendingOperations(of: open.id, in: tx).first(where: { $0.kind == .create })
        else { return .found(open) }
        guard open.reference.isEmpty else {
            try payments.end(operation, as: .done, in: tx)
            return .found(open)
        }
        if operation.mayBeRunning(at: time.now) { return .wait(open.id) }
        return try payments.retry(operation, in: tx).map { .ask($0) }
    }

    /// Makes a payment whose answer was lost: what the gateway has by now is taken, where it would not know the key any more.
    private func repeated(_ operation: PaymentOperation, _ gateway: any PaymentGateway) async throws -> Payment {
        if operation.createdAt + gateway.keyLifetime <= time.now {
            let known = try await ask(require(operation.payment))
            guard known.reference.isEmpty else {
                _ = try await database.write { try payments.end(operation, as: .done, in: $0) }
                return known
            }
        }
        return try await run(operation)
    }

    private func check(_ wish: Wish, _ order: Order, _ gateway: any PaymentGateway, _ due: Money) throws {
        let isCash = gateway.code == .cashOnDelivery
        guard gateway.amounts.units(due, Currency(code: order.currency) ?? currency) != nil,
            !isCash || order.paymentMethod == .cashOnDelivery
        else { throw Self.notOffered }
        if let method = wish.method, !gateway.methods.contains(method) {
            throw ValidationError("payment_method", "\"\(method)\" is not a valid choice.")
        }
        if wish.needsVault {
            guard gateway is any MethodVault else {
                throw ValidationError("gateway", "This gateway saves no payment methods.")
            }
            guard wish.user != nil else {
                let field = wish.savesMethod ? "save_payment_method" : "payment_method_id"
                throw ValidationError(field, "Only a user can save payment methods.")
            }
        }
    }

    /// Waits until the request that asks the gateway at this moment has its answer.
    private func wait(for id: PaymentID) async throws -> Payment {
        for _ in 0..<50 {
            try await Task.sleep(for: .milliseconds(100))
            let pending = try await database.read { try payments.pendingOperations(of: id, in: $0) }
            if !pending.contains(where: { $0.kind == .create && $0.error.isEmpty }) { return try await require(id) }
        }
        throw PaymentError.inProgress
    }

    private static let notOffered = ValidationError("gateway", "This gateway is not offered for this order.")
}
