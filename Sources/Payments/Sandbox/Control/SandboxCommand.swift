import Commerce
import Primitives
import SQL
import Web

/// What a developer wants to happen to a payment at the sandbox.
struct SandboxCommand: Input {
    /// The things that can happen.
    enum Action: String, WireEnum {
        case pay
        case decline
        case authorize
        case challenge
        case cancel
        case dispute
        case reviewDispute = "review_dispute"
        case winDispute = "win_dispute"
        case loseDispute = "lose_dispute"
        case completeRefund = "complete_refund"
        case failRefund = "fail_refund"
    }

    let action: Action
    /// The reason of a decline.
    let reason: SandboxDecline
    /// What is disputed, in minor units of the payment's currency; nil for all that is left.
    let amount: Money?
    /// The refund that ends, by its reference; nil for the newest that the action fits.
    let refund: String?

    init(_ fields: Fields) {
        action = fields.choice("action")
        reason = fields.choice("reason", .optional(.cardDeclined))
        amount = fields.optionalInteger("amount", in: 1...Int(Money.maximum.minorUnits))
            .map { Money(minorUnits: Int64($0)) }
        refund = fields.optionalString("refund", length: 0...64)
    }
}

extension SandboxProvider {
    /// Makes happen what a developer wants; the payment is locked.
    ///
    /// - Throws: `GatewayError.refused` where the payment's state does not allow it, `OutOfRange`, `SQLError`.
    func obey(_ command: SandboxCommand, _ payment: inout SandboxPayment, _ tx: Transaction) throws {
        switch command.action {
        case .pay, .authorize, .decline, .challenge, .cancel:
            guard payment.isOpen else { throw SandboxRefusal.state(payment) }
            try decide(command, &payment, tx)
        case .dispute: try dispute(payment, command.amount, tx)
        case .reviewDispute: try decide(.underReview, of: payment, tx)
        case .winDispute: try decide(.won, of: payment, tx)
        case .loseDispute: try decide(.lost, of: payment, tx)
        case .completeRefund: try finish(.completed, command.refund, of: payment, tx)
        case .failRefund: try finish(.failed, command.refund, of: payment, tx)
        }
    }

    private func decide(_ command: SandboxCommand, _ payment: inout SandboxPayment, _ tx: Transaction) throws {
        if command.action == .cancel { return try cancel(&payment, tx) }
        guard payment.status != .requiresCapture else { throw SandboxRefusal.state(payment) }
        switch command.action {
        case .decline: try fail(&payment, command.reason, tx)
        case .challenge: try ask(&payment, tx)
        default: try succeed(&payment, captures: command.action == .pay && !payment.isManual, tx)
        }
    }

    private func finish(
        _ status: SandboxRefund.Status, _ reference: String?, of payment: SandboxPayment, _ tx: Transaction
    ) throws {
        let refunds = try SandboxRefundQueries.refunds(of: [payment.id], tx)
        let chosen = refunds.last { refund in
            reference.map { refund.reference.isSame(as: $0) } ?? (refund.status != .failed && refund.status != status)
        }
        guard var refund = chosen else { throw SandboxRefusal.missing("refund") }
        try finish(&refund, status, of: payment, tx)
    }
}
