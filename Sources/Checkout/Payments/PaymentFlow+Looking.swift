import Commerce
import Orders
import Payments
import Primitives
import SQL

extension PaymentFlow {
    /// Returns a payment after asking its gateway where it is open, at most once in three seconds. Where the gateway does not
    /// answer, it is returned as it is known.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func look(at id: PaymentID) async throws -> Payment {
        let payment = try await require(id)
        guard try await isMyTurn(payment) else { return payment }
        do {
            return try await ask(payment)
        } catch is GatewayError {
            return try await require(id)
        }
    }

    /// Takes what a browser brings back from its gateway's page, and asks the gateway. Evidence is checked each time, and lets the
    /// gateway be asked at once.
    ///
    /// - Throws: `ValidationError` on the field of a forged signature, `GatewayError`, `NotFound`, `SQLError`.
    func confirm(_ id: PaymentID, _ evidence: [String: String]) async throws -> Payment {
        let payment = try await require(id)
        let names = try await gateway(payment.gateway).confirm(payment.names, evidence)
        let isNew = names != payment.names
        guard payment.status.isOpen || payment.status == .authorized || payment.status == .failed else {
            return payment
        }
        let turn = try await isMyTurn(payment)
        guard isNew || turn else { return try await require(id) }
        return try await ask(payment, names)
    }

    private func isMyTurn(_ payment: Payment) async throws -> Bool {
        guard payment.status.isOpen || payment.status == .failed, payment.gateway.isOnline else { return false }
        return try await database.write { try payments.takeTurn(payment.id, in: $0) }
    }
}
