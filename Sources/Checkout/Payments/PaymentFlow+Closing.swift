import Commerce
import Jobs
import Logging
import Orders
import Payments
import Primitives
import SQL

extension PaymentFlow {
    /// Closes the payments of an order that money could come of although the order does not want it.
    ///
    /// - Throws: `GatewayError.unavailable` where a gateway does not answer, `SQLError`.
    func close(paymentsOf id: OrderID) async throws {
        for payment in try await closable(id) { try await close(payment) }
    }

    private func closable(_ id: OrderID) async throws -> [Payment] {
        try await database.write { tx in
            let order = try orders.lock(.id(id), in: tx)
            let known = try payments.payments(of: id, in: tx)
            let left = try checkout.outstanding(of: order, among: known, in: tx)
            return known.filter { $0.isClosable(for: order, outstanding: left) }
        }
    }

    private func close(_ payment: Payment) async throws {
        do {
            _ = try await void(payment.id)
        } catch is PaymentError {
            // It has moved on meanwhile, or another request is at it.
        } catch let error as GatewayError {
            if case .unavailable = error { throw error }
            logger.notice(
                "a payment could not be closed",
                metadata: ["payment": "\(payment.transactionID)", "error": "\(error.reason)"])
            try await ask(payment)
        }
    }

    /// Asks the gateways about the open payments of an order whose time is over, so that money that has come is not lost.
    ///
    /// - Throws: `GatewayError.unavailable` where a gateway does not answer, `SQLError`.
    func askBeforeExpiry(of id: OrderID) async throws {
        let open = try await database.read { try payments.payments(of: id, in: $0) }.filter {
            $0.gateway.isOnline && ($0.status.isOpen || $0.status == .failed)
        }
        for payment in open {
            do {
                try await ask(payment)
            } catch let error as GatewayError {
                if case .unavailable = error { throw error }
            }
        }
    }
}
