import AppHarness
import Commerce
import HTTPTypes
import Payments
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// The ledger after whatever happens to orders and their money; ``CheckoutHarness`` audits it after every other test as well.
@Suite struct LedgerAuditTests {
    @Test(arguments: Backend.available)
    func `money that staff have seen, a part that is cancelled and a return keep the ledger`(
        _ backend: Backend
    ) async throws {
        try await LedgerField.with(backend) { field in
            let ada = try await field.shop.user(1)
            let order = try await field.order(ada)
            #expect(order.text("total") == "51.60", "\(order.json)")
            try await field.check("ordered")
            #expect(try await field.cancel(order, line: 0, 1).status == 200)
            #expect(try await field.staff(order, "payment", #"{"amount": "39.60"}"#).text("payment_status") == "paid")
            try await field.check("paid")
            #expect(try await field.cancel(order, line: 0, 1).status == 200)
            try await field.check("a part was cancelled")
            #expect(try await field.staff(order, "shipments").status == 201)
            let back = try await field.sendBack(order, line: 1, 1, shipping: true, as: ada)
            #expect(back.text("refund_amount") == "15.60", "\(back.json)")
            try await field.check("a line came back")
            let owed: Query = "SELECT SUM(debit - credit) FROM ledger_entries WHERE account = 'receivable'"
            #expect(try await field.shop.value(owed) == -2_760)
            for _ in 1...2 {
                let refund = try await field.refund(of: order, "requested")
                #expect(try await field.call(.post, "/api/admin/refunds/\(refund)/approve/").status == 200)
                try await field.check("refunded")
            }
            #expect(try await field.shop.value(owed) == 0)
            #expect(
                try await field.shop.call(.get, "/api/orders/\(order.id)/", as: ada).text("payment_status")
                    == "partially_refunded")
        }
    }

    @Test(arguments: Backend.available)
    func `cash comes with a delivery, and with the cancellation of what had not arrived`(
        _ backend: Backend
    ) async throws {
        try await LedgerField.with(backend) { field in
            let ada = try await field.shop.user(1)
            for cutsRest in [false, true] {
                let order = try await field.order(ada, by: "cod")
                _ = try await field.move(order, to: "processing")
                let line = order.items[0]["id"]?.integer ?? 0
                let part = cutsRest ? #"{"items": [{"order_item_id": \#(line), "quantity": 2}]}"# : "{}"
                #expect(try await field.staff(order, "shipments", part).status == 201)
                let delivered = try await field.move(order, to: "delivered")
                let done = cutsRest ? try await field.staff(order, "cancel-rest") : delivered
                #expect(done.text("payment_status") == "paid" && done.text("status") == "delivered", "\(done.json)")
                let cash: Query =
                    "SELECT captured_amount FROM payments WHERE gateway = 'cod' AND order_id = \(order.id)"
                #expect(try await field.shop.value(cash) == (cutsRest ? 2_760 : 5_160))
                try await field.check("delivered")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a paid order that is cancelled owes its money until it is refunded`(_ backend: Backend) async throws {
        try await LedgerField.with(backend) { field in
            let ada = try await field.shop.user(1)
            let order = try await field.order(ada, by: "card")
            let payment = try await field.pay(order, as: ada)
            try await field.check("paid")
            #expect(try await field.shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada).status == 200)
            try await field.check("cancelled")
            let refund = try await field.refund(of: order, "requested")
            #expect(try await field.call(.post, "/api/admin/refunds/\(refund)/approve/").text("status") == "completed")
            try await field.check("refunded")
            #expect(try await field.act(payment.name, "fail_refund").status == 200)
            try await field.deliver()
            try await field.check("the refund came back")
            let status: Query = "SELECT COUNT(*) FROM orders WHERE payment_status = 'paid' AND status = 'cancelled'"
            #expect(try await field.shop.value(status) == 1)
            #expect(try await field.refund(payment.id, "51.60").text("status") == "completed")
        }
    }

    @Test(arguments: Backend.available)
    func `refunds that fail and disputes that are won or lost are posted and taken back`(
        _ backend: Backend
    ) async throws {
        try await LedgerField.with(backend) { field in try await field.eventful() }
    }

    @Test(arguments: Backend.available)
    func `what was captured too little of is all that is due once the rest is cancelled`(
        _ backend: Backend
    ) async throws {
        try await LedgerField.with(backend, isManual: true) { field in
            let ada = try await field.shop.user(1)
            let order = try await field.order(ada, by: "card")
            let payment = try #require(try await field.begin(order, "authorize", as: ada))
            let captured = try await field.call(
                .post, "/api/admin/payments/\(payment.id)/capture/", #"{"amount": "27.60"}"#)
            #expect(captured.status == 200 && captured.text("status") == "completed", "\(captured.json)")
            try await field.check("captured in part")
            let left = try await field.cancel(order, line: 0, 2)
            #expect(left.text("payment_status") == "paid", "\(left.json)")
            #expect(try await field.shop.value("SELECT COUNT(*) FROM invoices") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `what was given back of a part that came too early is to be paid once more`(_ backend: Backend) async throws {
        try await LedgerField.with(backend, isManual: true) { field in
            let ada = try await field.shop.user(1)
            let order = try await field.order(ada, by: "card")
            let payment = try #require(try await field.begin(order, "authorize", as: ada))
            _ = try await field.call(.post, "/api/admin/payments/\(payment.id)/capture/", #"{"amount": "27.60"}"#)
            #expect(try await field.refund(payment.id, "1.00").status == 201)
            let left = try await field.cancel(order, line: 0, 2)
            #expect(left.text("payment_status") == "pending", "\(left.json)")
            let rest = try #require(try await field.begin(order, "authorize", as: ada))
            #expect(try await field.shop.value("SELECT amount FROM payments WHERE id = \(rest.id)") == 100)
            _ = try await field.call(.post, "/api/admin/payments/\(rest.id)/capture/")
            let seen = try await field.shop.call(.get, "/api/orders/\(order.id)/", as: ada)
            #expect(seen.text("payment_status") == "partially_refunded", "\(seen.json)")
            try await field.check("paid once more")
        }
    }

    @Test(arguments: Backend.available)
    func `an order that is paid at last tells what was refunded before`(_ backend: Backend) async throws {
        try await LedgerField.with(backend, isManual: true) { field in
            let ada = try await field.shop.user(1)
            for isSeen in [true, false] {
                let order = try await field.order(ada, by: "card")
                let first = try #require(try await field.begin(order, "authorize", as: ada))
                _ = try await field.call(.post, "/api/admin/payments/\(first.id)/capture/", #"{"amount": "5.00"}"#)
                #expect(try await field.refund(first.id, "1.00").status == 201)
                if isSeen {
                    #expect(try await field.staff(order, "payment", #"{"amount": "51.60"}"#).status == 200)
                } else {
                    let second = try #require(try await field.begin(order, "authorize", as: ada))
                    let asked = try await field.shop.value("SELECT amount FROM payments WHERE id = \(second.id)")
                    #expect(asked == 4_760, "what was given back of the part is to be paid once more")
                    _ = try await field.call(.post, "/api/admin/payments/\(second.id)/capture/")
                }
                let seen = try await field.shop.call(.get, "/api/orders/\(order.id)/", as: ada)
                #expect(seen.text("payment_status") == "partially_refunded", "\(seen.json)")
                try await field.check("paid at last")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `what is left of an order for nothing draws no credit note`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1)
            try await shop.product(2, price: 0)
            for id in 1...2 { _ = try await shop.fill(Int64(id), as: ada) }
            let order = try await shop.order(ada, by: "bank_transfer")
            _ = try await shop.pay(order)
            let costly = #"{"items": [{"order_item_id": \#(order.items[0]["id"]?.integer ?? 0), "quantity": 1}]}"#
            let rest = try await shop.call(
                .post, "/api/admin/orders/\(order.id)/cancel-rest/", costly, as: CheckoutHarness.admin)
            #expect(rest.status == 200, "\(rest.json)")
            #expect(try await shop.call(.put, "/api/orders/\(order.id)/cancel/", as: ada).status == 200)
            #expect(try await shop.value("SELECT COUNT(*) FROM invoices WHERE series = 'credit_note'") == 1)
        }
    }
}

extension LedgerField {
    /// Has an order paid, cancelled in part, sent back in part, refunded in part, with a refund that failed and disputes won and lost.
    func eventful() async throws {
        let ada = try await shop.user(1)
        let order = try await order(ada, by: "card")
        let payment = try await pay(order, as: ada)
        #expect(try await cancel(order, line: 0, 1).status == 200)
        #expect(try await staff(order, "shipments").status == 201)
        let back = try await sendBack(order, line: 1, 1, shipping: true, as: ada)
        #expect(back.text("refund_amount") == "15.60", "\(back.json)")
        try await check("came back")
        #expect(try await refund(payment.id, "4.00").text("status") == "completed")
        #expect(try await refund(payment.id, "2.50").text("status") == "completed")
        try await check("refunded")
        #expect(try await act(payment.name, "fail_refund").status == 200)
        try await deliver()
        try await check("a refund failed")
        for (end, amount) in [("win_dispute", 700), ("lose_dispute", 300)] {
            #expect(try await act(payment.name, "dispute", #", "amount": \#(amount)"#).status == 200)
            try await deliver()
            try await check("disputed")
            #expect(try await act(payment.name, end).status == 200)
            try await deliver()
            try await check(end)
        }
        let sums: Query = "SELECT SUM(debit - credit) FROM ledger_entries WHERE account ="
        #expect(try await shop.value(sums + " 'disputes'") == 300)
        #expect(try await shop.value(sums + " 'fees'") == 97)
        #expect(try await shop.value(sums + " 'clearing:sandbox'") == 5_160 - 97 - 400 - 300)
        #expect(try await shop.value("SELECT COUNT(*) FROM refunds WHERE status = 'failed'") == 1)
    }
}
