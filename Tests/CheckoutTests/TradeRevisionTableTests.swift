import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

/// Which calls of trade put the public catalog out of date, and which leave it: one row a call, one step a transaction.
@Suite struct TradeRevisionTableTests {
    private static let one = #"{"product_id": 1, "quantity": 1}"#
    private static let sendBack = #"{"items": [{"order_item_id": {sent.item}, "quantity": 1}]}"#

    /// What orders, stock and the tables of the shop do. Stock that was held before is not on sale: its leaving is no news.
    private static let trade: [RevisionCall] = [
        RevisionCall(.post, "/api/cart/add/", #"{"product_id": 1, "quantity": 3}"#, by: .ada, answers: 201, moves: 0),
        RevisionCall(.post, "/api/cart/quote/", #"{"shipping_address_id": 1}"#, by: .ada, answers: 200, moves: 0),
        RevisionCall(
            .post, "/api/orders/", #"{"shipping_address_id": 1, "payment_method": "cod", "expected_total": "1.00"}"#,
            by: .ada, answers: 409, moves: 0),
        RevisionCall(
            .post, "/api/orders/", #"{"shipping_address_id": 1, "payment_method": "cod"}"#, by: .ada, answers: 201,
            moves: 1,
            as: "sent"),
        RevisionCall(.put, "/api/admin/orders/{sent}/status/", #"{"status": "delivered"}"#, answers: 409, moves: 0),
        RevisionCall(.put, "/api/admin/orders/{sent}/status/", #"{"status": "processing"}"#, answers: 200, moves: 0),
        RevisionCall(.post, "/api/admin/orders/{sent}/notes/", #"{"text": "fragile"}"#, answers: 201, moves: 0),
        RevisionCall(.post, "/api/admin/orders/{sent}/shipments/", sendBack, answers: 201, moves: 0, as: "parcel"),
        RevisionCall(.put, "/api/admin/orders/{sent}/shipments/{parcel}/deliver/", answers: 200, moves: 0),
        RevisionCall(.post, "/api/admin/orders/{sent}/cancel-rest/", sendBack, answers: 200, moves: 1),
        RevisionCall(.put, "/api/admin/orders/{sent}/status/", #"{"status": "shipped"}"#, answers: 200, moves: 0),
        RevisionCall(.put, "/api/admin/orders/{sent}/status/", #"{"status": "delivered"}"#, answers: 200, moves: 0),
        RevisionCall(.post, "/api/orders/{sent}/returns/", sendBack, by: .ada, answers: 201, moves: 0, as: "back"),
        RevisionCall(.post, "/api/admin/returns/{back}/approve/", "{}", answers: 200, moves: 0),
        RevisionCall(
            .post, "/api/admin/returns/{back}/receive/",
            #"{"items": [{"return_item_id": {back.item}, "quantity": 1}]}"#, answers: 200, moves: 1),
        RevisionCall(.post, "/api/orders/{sent}/returns/", sendBack, by: .ada, answers: 201, moves: 0, as: "broken"),
        RevisionCall(.post, "/api/admin/returns/{broken}/approve/", "{}", answers: 200, moves: 0),
        RevisionCall(
            .post, "/api/admin/returns/{broken}/receive/",
            #"{"items": [{"return_item_id": {broken.item}, "quantity": 1, "restock": false}]}"#, answers: 200, moves: 0),
        RevisionCall(.post, "/api/cart/add/", one, by: .ada, answers: 201, moves: 0),
        RevisionCall(
            .post, "/api/orders/", #"{"shipping_address_id": 1, "payment_method": "bank_transfer"}"#, by: .ada,
            answers: 201,
            moves: 1, as: "paid"),
        RevisionCall(.post, "/api/admin/orders/{paid}/payment/", #"{"amount": "9.99"}"#, answers: 400, moves: 0),
        RevisionCall(.post, "/api/admin/orders/{paid}/payment/", #"{"amount": "10.00"}"#, answers: 200, moves: 0),
        RevisionCall(.put, "/api/orders/{paid}/cancel/", by: .ada, answers: 200, moves: 1),
        RevisionCall(.put, "/api/orders/{paid}/cancel/", by: .ada, answers: 409, moves: 0),
        RevisionCall(
            .post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": 5}"#, answers: 201, moves: 1),
        RevisionCall(
            .post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": -5}"#, answers: 201, moves: 1),
        RevisionCall(
            .post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": -5000}"#, answers: 409, moves: 0),
        RevisionCall(
            .post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": "many"}"#, answers: 400, moves: 0),
        RevisionCall(
            .post, "/api/inventory/warehouses/", #"{"code": "B", "name": "Barn"}"#, answers: 201, moves: 0, as: "barn"),
        RevisionCall(
            .post, "/api/inventory/stock/transfer/",
            #"{"product_id": 1, "from_warehouse_id": {main}, "to_warehouse_id": {barn}, "quantity": 2}"#, answers: 201,
            moves: 1),
        RevisionCall(.patch, "/api/inventory/warehouses/{barn}/", #"{"name": "Old barn"}"#, answers: 200, moves: 0),
        RevisionCall(.patch, "/api/inventory/warehouses/{barn}/", #"{"is_active": false}"#, answers: 200, moves: 1),
        RevisionCall(.patch, "/api/inventory/levels/{stock}/", #"{"reorder_level": 4}"#, answers: 200, moves: 0),
        RevisionCall(
            .post, "/api/admin/tax-rates/", #"{"name": "VAT", "country": "GB", "rate": "0.2"}"#, answers: 201, moves: 0),
        RevisionCall(
            .post, "/api/admin/shipping-methods/", #"{"code": "post", "name": "Post", "price": "3.00"}"#, answers: 201,
            moves: 0
        ),
        RevisionCall(
            .post, "/api/admin/coupons/", #"{"code": "C", "discount_type": "fixed_amount", "discount_value": 1}"#,
            answers: 201,
            moves: 0),
        RevisionCall(.get, "/api/orders/{sent}/", by: .ada, answers: 200, moves: 0),
        RevisionCall(.get, "/api/admin/orders/", answers: 200, moves: 0),
        RevisionCall(.get, "/api/inventory/stock/", answers: 200, moves: 0),
    ]

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available)
    func `trade puts the catalog out of date where what can be bought has changed, once`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 100)
            let main = try await shop.value("SELECT id FROM warehouses WHERE is_default = 1")
            let stock = try await shop.value("SELECT id FROM stock WHERE product_id = 1")
            var ids: [String: Int64] = ["main": Int64(main), "stock": Int64(stock)]
            for (index, row) in Self.trade.enumerated() {
                let (path, body) = row.filled(ids)
                let before = try await shop.database.read { try RevisionQueries.current($0) }
                let identity = row.caller == .ada ? ada : CheckoutHarness.admin
                let answer = try await shop.call(row.method, path, body, as: identity)
                let after = try await shop.database.read { try RevisionQueries.current($0) }
                let place = "\(index): \(row.method) \(path) \(body): \(answer.json)"
                try #require(answer.status == row.status, "\(place)")
                #expect(after - before == row.moves, "\(place)")
                guard !row.name.isEmpty else { continue }
                ids[row.name] = answer.id
                ids[row.name + ".item"] = answer.items.first?["id"]?.integer ?? 0
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `an order that is not paid in time puts the catalog out of date once, when its stock comes back`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 100)
            _ = try await shop.fill(1, 2, as: ada)
            try #require(try await shop.order(ada).status == 201)
            var revisions: [Int] = []
            for minutes in [29, 1, 60] {
                shop.clock.advance(by: .minutes(Int64(minutes)))
                let before = try await shop.database.read { try RevisionQueries.current($0) }
                try await shop.drainJobs()
                let after = try await shop.database.read { try RevisionQueries.current($0) }
                revisions.append(after - before)
            }
            #expect(revisions == [0, 1, 0])
        }
    }
}
