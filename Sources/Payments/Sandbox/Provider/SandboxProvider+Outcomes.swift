import Commerce
import Jobs
import Primitives
import SQL

extension SandboxProvider {
    /// Where a payer goes after a choice.
    enum Step: Sendable, Equatable {
        /// Back to the shop.
        case shop
        /// To the page of the second step.
        case challenge
    }

    /// Does what the payer chose on the page. A payment that is finished stays as it is: a second click changes nothing.
    ///
    /// - Throws: `SQLError`.
    func choose(_ outcome: SandboxOutcome, for payment: inout SandboxPayment, _ tx: Transaction) throws -> Step {
        guard payment.isPayable else { return .shop }
        try apply(outcome, to: &payment, tx)
        return payment.status == .requiresAction && outcome != .abandon ? .challenge : .shop
    }

    /// Does what the payer answered to the second step; nothing where none is asked for.
    ///
    /// - Throws: `SQLError`.
    func answer(confirms: Bool, _ payment: inout SandboxPayment, _ tx: Transaction) throws {
        guard payment.status == .requiresAction else { return }
        if confirms {
            try succeed(&payment, captures: !payment.isManual, tx)
        } else {
            try fail(&payment, .authenticationFailed, tx)
        }
    }

    func apply(_ outcome: SandboxOutcome, to payment: inout SandboxPayment, _ tx: Transaction) throws {
        switch outcome {
        case .pay: try succeed(&payment, captures: !payment.isManual, tx)
        case .challenge: try ask(&payment, tx)
        case .cardDeclined: try fail(&payment, .cardDeclined, tx)
        case .insufficientFunds: try fail(&payment, .insufficientFunds, tx)
        case .expiredCard: try fail(&payment, .expiredCard, tx)
        case .payLater: try wait(&payment, succeeds: true, tx)
        case .failLater: try wait(&payment, succeeds: false, tx)
        case .abandon: break
        }
    }

    /// Pays by a saved method of the payment's customer.
    func pay(_ payment: inout SandboxPayment, with saved: String, _ tx: Transaction) throws {
        guard let customer = payment.customer, let method = try SandboxMethodQueries.find(saved, of: customer, tx)
        else { throw SandboxRefusal.missing("payment method") }
        payment.savesMethod = false
        payment.savedMethod = method.reference
        try apply(method.card.outcome, to: &payment, tx)
    }

    /// Ends the wait for the bank; nothing where the payment is not waiting any more.
    ///
    /// - Throws: `SQLError`.
    func settle(_ reference: String, succeeds: Bool, _ tx: Transaction) throws {
        guard var payment = try SandboxPaymentQueries.find(reference, lock: tx.dialect.forUpdate, tx),
            payment.status == .processing
        else { return }
        if succeeds {
            try succeed(&payment, captures: !payment.isManual, tx)
        } else {
            try fail(&payment, .bankRefused, tx)
        }
    }
}

extension SandboxProvider {
    func succeed(_ payment: inout SandboxPayment, captures: Bool, _ tx: Transaction) throws {
        payment.authorized = payment.amount
        payment.method = "card"
        payment.failureCode = ""
        payment.failureReason = ""
        try saveMethod(of: &payment, tx)
        if captures { return try collect(payment.amount, of: &payment, tx) }
        payment.status = .requiresCapture
        try store(payment, tx, .paymentAuthorized)
    }

    func collect(_ amount: Money, of payment: inout SandboxPayment, _ tx: Transaction) throws {
        payment.captured = amount
        payment.fee = Currency(code: payment.currency).map { SandboxFee.fee(of: amount, $0) }
        payment.status = .succeeded
        try store(payment, tx, .paymentCaptured)
    }

    func fail(_ payment: inout SandboxPayment, _ decline: SandboxDecline, _ tx: Transaction) throws {
        payment.status = .failed
        payment.method = "card"
        payment.failureCode = decline.rawValue
        payment.failureReason = decline.words
        try store(payment, tx, .paymentFailed)
    }

    func ask(_ payment: inout SandboxPayment, _ tx: Transaction) throws {
        payment.status = .requiresAction
        try store(payment, tx, .paymentRequiresAction)
    }

    private func wait(_ payment: inout SandboxPayment, succeeds: Bool, _ tx: Transaction) throws {
        payment.status = .processing
        payment.method = "card"
        try store(payment, tx, .paymentProcessing)
        let settlement = SettleSandboxPayment(payment: payment.reference, succeeds: succeeds)
        try jobs.enqueue(settlement, runAt: time.now + Self.settlement, in: tx)
    }

    /// Keeps the card for later, where that was asked for.
    private func saveMethod(of payment: inout SandboxPayment, _ tx: Transaction) throws {
        guard payment.savesMethod, payment.savedMethod == nil, let customer = payment.customer else { return }
        payment.savedMethod = try attach(.visa, to: customer, tx)
    }

    /// Writes a payment and tells what happened to it.
    func store(_ payment: SandboxPayment, _ tx: Transaction, _ event: SandboxEventType) throws {
        try SandboxPaymentQueries.update(payment, at: time.now, tx)
        try tell(event, payment, [:], tx)
    }
}
