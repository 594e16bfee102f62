import AppHarness
import Commerce
import HTTPTypes
import SQL
import TestSupport
import Testing

@testable import Checkout
@testable import Payments

/// Money that staff have seen, beside a payment that is open at a gateway.
@Suite struct SeenPaymentTests {
    @Test(arguments: Backend.available)
    func `an order that is noted as paid cannot be paid at its gateway any more`(_ backend: Backend) async throws {
        try await PaymentHarness.with(backend) { pay in
            let ada = try await pay.shop.user(1)
            try await pay.shop.product(1)
            let order = try await pay.order(ada, product: 1)
            #expect(try await pay.initiate(order, as: ada).status == 201)
            let noted = try await pay.call(
                .post, "/api/admin/orders/\(order)/payment/", #"{"amount": "10.00"}"#, as: PaymentHarness.admin)
            #expect(noted.status == 200, "\(noted.json)")
            try await pay.drain()
            let books = try await pay.books(of: order)
            #expect(books.order == "processing/paid")
            #expect(
                books.payments == [
                    "cancelled 0 0 0 0 none surplus false []", "completed 1000 1000 0 0 none surplus false []",
                ])
        }
    }
}
