import Catalog
import Commerce
import HTTPTypes
import Media
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Which calls put the public catalog out of date, and which leave it: one row a call, one step a transaction.
@Suite struct CatalogRevisionTableTests {
    private enum Who: Sendable {
        case staff
        case ada
    }

    /// A call, its answer, and by how much it moves the revision. `{name}` in path and body stands for an id that an
    /// answer before was kept under, `{name.item}` for that of its first item.
    private struct Call: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let body: String
        let who: Who
        let status: Int
        let moves: Int
        let name: String

        init(
            _ method: HTTPRequest.Method, _ path: String, _ body: String = "", by who: Who = .staff,
            answers status: Int,
            moves: Int, as name: String = ""
        ) {
            self.method = method
            self.path = path
            self.body = body
            self.who = who
            self.status = status
            self.moves = moves
            self.name = name
        }
    }

    private static let one = #"{"product_id": 1, "quantity": 1}"#
    private static let sendBack = #"{"items": [{"order_item_id": {sent.item}, "quantity": 1}]}"#

    /// What orders, stock and the tables of the shop do. Stock that was held before is not on sale: its leaving is no news.
    private static let trade: [Call] = [
        Call(.post, "/api/cart/add/", #"{"product_id": 1, "quantity": 3}"#, by: .ada, answers: 201, moves: 0),
        Call(.post, "/api/cart/quote/", #"{"shipping_address_id": 1}"#, by: .ada, answers: 200, moves: 0),
        Call(
            .post, "/api/orders/", #"{"shipping_address_id": 1, "payment_method": "cod", "expected_total": "1.00"}"#,
            by: .ada, answers: 409, moves: 0),
        Call(
            .post, "/api/orders/", #"{"shipping_address_id": 1, "payment_method": "cod"}"#, by: .ada, answers: 201,
            moves: 1,
            as: "sent"),
        Call(.put, "/api/admin/orders/{sent}/status/", #"{"status": "delivered"}"#, answers: 409, moves: 0),
        Call(.put, "/api/admin/orders/{sent}/status/", #"{"status": "processing"}"#, answers: 200, moves: 0),
        Call(.post, "/api/admin/orders/{sent}/notes/", #"{"text": "fragile"}"#, answers: 201, moves: 0),
        Call(.post, "/api/admin/orders/{sent}/shipments/", sendBack, answers: 201, moves: 0, as: "parcel"),
        Call(.put, "/api/admin/orders/{sent}/shipments/{parcel}/deliver/", answers: 200, moves: 0),
        Call(.post, "/api/admin/orders/{sent}/cancel-rest/", sendBack, answers: 200, moves: 1),
        Call(.put, "/api/admin/orders/{sent}/status/", #"{"status": "shipped"}"#, answers: 200, moves: 0),
        Call(.put, "/api/admin/orders/{sent}/status/", #"{"status": "delivered"}"#, answers: 200, moves: 0),
        Call(.post, "/api/orders/{sent}/returns/", sendBack, by: .ada, answers: 201, moves: 0, as: "back"),
        Call(.post, "/api/admin/returns/{back}/approve/", "{}", answers: 200, moves: 0),
        Call(
            .post, "/api/admin/returns/{back}/receive/",
            #"{"items": [{"return_item_id": {back.item}, "quantity": 1}]}"#, answers: 200, moves: 1),
        Call(.post, "/api/orders/{sent}/returns/", sendBack, by: .ada, answers: 201, moves: 0, as: "broken"),
        Call(.post, "/api/admin/returns/{broken}/approve/", "{}", answers: 200, moves: 0),
        Call(
            .post, "/api/admin/returns/{broken}/receive/",
            #"{"items": [{"return_item_id": {broken.item}, "quantity": 1, "restock": false}]}"#, answers: 200, moves: 0),
        Call(.post, "/api/cart/add/", one, by: .ada, answers: 201, moves: 0),
        Call(
            .post, "/api/orders/", #"{"shipping_address_id": 1, "payment_method": "bank_transfer"}"#, by: .ada,
            answers: 201,
            moves: 1, as: "paid"),
        Call(.post, "/api/admin/orders/{paid}/payment/", #"{"amount": "9.99"}"#, answers: 400, moves: 0),
        Call(.post, "/api/admin/orders/{paid}/payment/", #"{"amount": "10.00"}"#, answers: 200, moves: 0),
        Call(.put, "/api/orders/{paid}/cancel/", by: .ada, answers: 200, moves: 1),
        Call(.put, "/api/orders/{paid}/cancel/", by: .ada, answers: 409, moves: 0),
        Call(.post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": 5}"#, answers: 201, moves: 1),
        Call(.post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": -5}"#, answers: 201, moves: 1),
        Call(.post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": -5000}"#, answers: 409, moves: 0),
        Call(.post, "/api/inventory/stock/adjust/", #"{"product_id": 1, "quantity": "many"}"#, answers: 400, moves: 0),
        Call(
            .post, "/api/inventory/warehouses/", #"{"code": "B", "name": "Barn"}"#, answers: 201, moves: 0, as: "barn"),
        Call(
            .post, "/api/inventory/stock/transfer/",
            #"{"product_id": 1, "from_warehouse_id": {main}, "to_warehouse_id": {barn}, "quantity": 2}"#, answers: 201,
            moves: 1),
        Call(.patch, "/api/inventory/warehouses/{barn}/", #"{"name": "Old barn"}"#, answers: 200, moves: 0),
        Call(.patch, "/api/inventory/warehouses/{barn}/", #"{"is_active": false}"#, answers: 200, moves: 1),
        Call(.patch, "/api/inventory/levels/{stock}/", #"{"reorder_level": 4}"#, answers: 200, moves: 0),
        Call(
            .post, "/api/admin/tax-rates/", #"{"name": "VAT", "country": "GB", "rate": "0.2"}"#, answers: 201, moves: 0),
        Call(
            .post, "/api/admin/shipping-methods/", #"{"code": "post", "name": "Post", "price": "3.00"}"#, answers: 201,
            moves: 0
        ),
        Call(
            .post, "/api/admin/coupons/", #"{"code": "C", "discount_type": "fixed_amount", "discount_value": 1}"#,
            answers: 201,
            moves: 0),
        Call(.get, "/api/orders/{sent}/", by: .ada, answers: 200, moves: 0),
        Call(.get, "/api/admin/orders/", answers: 200, moves: 0),
        Call(.get, "/api/inventory/stock/", answers: 200, moves: 0),
    ]

    private static func filled(_ text: String, _ ids: [String: Int64]) -> String {
        var filled = text
        for (name, id) in ids { filled = filled.replacing("{\(name)}", with: String(id)) }
        return filled
    }

    @Test(.timeLimit(.minutes(2)), arguments: Backend.available)
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
                let (path, body) = (Self.filled(row.path, ids), Self.filled(row.body, ids))
                let before = try await shop.database.read { try RevisionQueries.current($0) }
                let identity = row.who == .ada ? ada : CheckoutHarness.admin
                let answer = try await shop.call(row.method, path, body, as: identity)
                let after = try await shop.database.read { try RevisionQueries.current($0) }
                let place = "\(index): \(row.method) \(path) \(body): \(answer.json)"
                try #require(answer.status == row.status, "\(place)")
                #expect(after - before == row.moves, "\(place)")
                guard !row.name.isEmpty else { continue }
                ids[row.name] = answer.id
                ids[row.name + ".item"] = answer.items.first?["id"]?.number ?? 0
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

    /// A change of the catalog, which staff make, with what it answers and by how much it moves the revision.
    private static let desk: [Call] = [
        Call(.post, "/api/categories/", #"{"name": "Lamps"}"#, answers: 201, moves: 1, as: "lamps"),
        Call(.post, "/api/categories/", #"{"name": ""}"#, answers: 400, moves: 0),
        Call(.post, "/api/categories/", #"{"name": "Odd", "parent": "no-such-category"}"#, answers: 400, moves: 0),
        Call(.patch, "/api/categories/{lamps}/", #"{"description": "They shine."}"#, answers: 200, moves: 1),
        Call(
            .post, "/api/products/",
            #"{"name": "Lamp", "sku": "L", "price": "10.00", "category": {lamps}, "stock_quantity": 4}"#, answers: 201,
            moves: 1,
            as: "lamp"),
        Call(
            .post, "/api/products/",
            """
            {"name": "Desk lamp", "sku": "D", "price": "10.00", "category": {lamps}, "variants": [
            {"sku": "D-S", "options": [{"type": "size", "value": "S"}], "stock_quantity": 3},
            {"sku": "D-L", "options": [{"type": "size", "value": "L"}], "stock_quantity": 5}]}
            """, answers: 201, moves: 1, as: "desk"),
        Call(
            .post, "/api/products/", #"{"name": "Lamp", "sku": "L", "price": "10.00", "category": {lamps}}"#,
            answers: 400,
            moves: 0),
        Call(.patch, "/api/products/{lamp}/", #"{"price": "12.00"}"#, answers: 200, moves: 1),
        Call(.patch, "/api/products/{lamp}/", #"{"price": "-1.00"}"#, answers: 400, moves: 0),
        Call(
            .post, "/api/products/{lamp}/variants/",
            #"{"sku": "L-S", "options": [{"type": "size", "value": "S"}], "stock_quantity": 2}"#, answers: 201,
            moves: 1,
            as: "small"),
        Call(
            .post, "/api/products/{lamp}/variants/", #"{"sku": "L-X", "options": [{"type": "size", "value": "S"}]}"#,
            answers: 400, moves: 0),
        Call(.patch, "/api/products/{lamp}/variants/{small}/", #"{"price": "9.00"}"#, answers: 200, moves: 1),
        Call(.delete, "/api/products/{lamp}/variants/{small}/", answers: 204, moves: 1),
        Call(.delete, "/api/products/{lamp}/variants/{small}/", answers: 404, moves: 0),
        Call(.get, "/api/products/", answers: 200, moves: 0),
        Call(.get, "/api/products/{lamp}/", answers: 200, moves: 0),
        Call(.get, "/api/products/{lamp}/price-history/", answers: 200, moves: 0),
        Call(.get, "/api/products/?search=lamp&facets=1", answers: 200, moves: 0),
        Call(.delete, "/api/categories/{lamps}/", answers: 409, moves: 0),
        Call(.delete, "/api/products/{lamp}/", answers: 204, moves: 1),
        Call(.delete, "/api/products/{lamp}/", answers: 404, moves: 0),
        Call(.delete, "/api/products/{desk}/", answers: 204, moves: 1),
        Call(.delete, "/api/categories/{lamps}/", answers: 204, moves: 1),
        Call(.delete, "/api/categories/{lamps}/", answers: 404, moves: 0),
    ]

    @Test(arguments: Backend.available)
    func `each change of the catalog puts it out of date once, and a refused one does not`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            var ids: [String: Int64] = [:]
            for (index, row) in Self.desk.enumerated() {
                let (path, text) = (Self.filled(row.path, ids), Self.filled(row.body, ids))
                let body: JSONValue? = try text.isEmpty ? nil : JSONValue(parsing: Array(text.utf8))
                let before = try await shop.database.read { try RevisionQueries.current($0) }
                let answer = try await shop.call(row.method, path, body)
                let after = try await shop.database.read { try RevisionQueries.current($0) }
                let place = "\(index): \(row.method) \(path) \(text): \(answer.json)"
                try #require(answer.status == row.status, "\(place)")
                #expect(after - before == row.moves, "\(place)")
                if !row.name.isEmpty { ids[row.name] = Int64(answer.json.int("id")) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an edit of another version and a picture that is none leave the catalog as it is`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let product = try await shop.product("Lamp", sku: "L", in: category)
            try #require(product.status == 201)
            func revision() async throws -> Int {
                try await shop.database.read { try RevisionQueries.current($0) }
            }
            let before = try await revision()
            let change: JSONValue = .object(["price": .string("11.00")])
            let late = try await shop.call(.patch, "/api/products/lamp/", change, ifMatch: "\"999\"")
            #expect(late.status == 412, "\(late.json)")
            let odd = try await shop.upload("/api/products/lamp/images/", Array("GIF89a".utf8))
            #expect(odd.status == 400, "\(odd.json)")
            #expect(try await revision() == before)
            let rgb = Array(repeating: UInt8(90), count: 20 * 10 * 3)
            let kept = try await shop.upload(
                "/api/products/lamp/images/", try ImageCodec.encodePNG(rgb: rgb, width: 20, height: 10))
            #expect(kept.status == 201 && kept.json.int("id") > 0, "\(kept.json)")
            #expect(try await revision() == before + 1)
            let path = "/api/products/lamp/images/\(kept.json.int("id"))/"
            let named = try await shop.call(.patch, path, .object(["alt_text": .string("A lamp")]))
            #expect(named.status == 200, "\(named.json)")
            #expect(try await revision() == before + 2)
            #expect(try await shop.call(.delete, path).status == 204)
            #expect(try await revision() == before + 3)
        }
    }

    private struct BrokenOff: Error {}

    @Test(arguments: Backend.available)
    func `a transaction says it as often as it likes and moves the revision once, or never where it breaks off`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            let before = try await shop.database.read { try RevisionQueries.current($0) }
            try await shop.database.write { tx in
                for _ in 0..<5 { tx.catalogChanged() }
            }
            await #expect(throws: BrokenOff.self) {
                try await shop.database.write { (tx: Transaction) throws -> Void in
                    tx.catalogChanged()
                    throw BrokenOff()
                }
            }
            try await shop.database.write { tx in
                _ = try tx.value("SELECT COUNT(*) FROM products", as: Int.self)
            }
            let after = try await shop.database.read { try RevisionQueries.current($0) }
            #expect(after == before + 1)
        }
    }
}
