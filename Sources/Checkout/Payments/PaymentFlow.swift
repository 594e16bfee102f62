import Commerce
import Jobs
import Logging
import Orders
import Payments
import Primitives
import SQL

/// Payments through gateways, from the first request to the last report, together with the orders that they pay.
///
/// A gateway is only ever asked outside of transactions: what is about to be asked is committed before (``PaymentOperation``), what it
/// answered is written by another transaction that locks the order, then the payment. Answers, webhooks, browsers that come back and
/// reconciliation all end in ``settle(_:_:in:)``, in whatever order they come.
public struct PaymentFlow: Sendable {
    let database: any Database
    let checkout: CheckoutService
    let directory: GatewayDirectory
    let settings: PaymentSettings
    let logger: Logger

    var payments: PaymentService { checkout.payments }
    var orders: OrderService { checkout.orders }
    var currency: Currency { checkout.settings.currency }
    var time: TimeSource { checkout.time }

    /// Creates the use cases over `checkout`, with the gateways of `directory`.
    public init(
        _ database: any Database, checkout: CheckoutService, directory: GatewayDirectory, settings: PaymentSettings,
        logger: Logger
    ) {
        self.database = database
        self.checkout = checkout
        self.directory = directory
        self.settings = settings
        self.logger = logger
    }

    /// Returns a gateway that is set up.
    ///
    /// - Throws: `GatewayError.unavailable` where it is not set up any more, `SQLError`.
    func gateway(_ code: GatewayCode) async throws -> any PaymentGateway {
        guard let gateway = try await database.read({ try directory.gateway(code, in: $0) }) else {
            throw GatewayError.unavailable("\(code.rawValue) is not set up", isUndone: true)
        }
        return gateway
    }

    /// Returns a payment as it is now.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func require(_ id: PaymentID) async throws -> Payment {
        guard let payment = try await database.read({ try payments.find(id, in: $0) }) else { throw NotFound() }
        return payment
    }

    /// Returns a refund as answers show it.
    ///
    /// - Throws: `SQLError`.
    func body(of refund: Refund) async throws -> RefundBody {
        try await database.read { try body(of: refund, in: $0) }
    }

    /// Returns a refund as answers show it.
    ///
    /// - Throws: `SQLError`.
    func body(of refund: Refund, in connection: Connection) throws -> RefundBody {
        RefundBody(refund, orderNumber: try payments.orderNumber(of: refund, in: connection), currency: currency)
    }

    /// Returns the currency that a payment was made in.
    func currency(of payment: Payment) -> Currency { Currency(code: payment.currency) ?? currency }
}
