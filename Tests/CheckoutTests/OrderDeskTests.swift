import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// What staff see of an order, and the papers of several of them.
@Suite struct OrderDeskTests {
    @Test(arguments: Backend.available)
    func `staff see what may be done next, what is due and what was issued`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            let order = try await shop.taken(by: ada)
            let path = "/api/admin/orders/\(order.id)/"
            var seen = try await shop.call(.get, path, as: CheckoutHarness.admin)
            #expect(seen.status == 200 && seen.statements <= 8, "\(seen.statements)")
            #expect(seen["allowed_statuses"] == .array([.string("shipped"), .string("cancelled")]))
            #expect(seen.text("amount_due") == "48.00" && seen["papers"] == .array([]))
            #expect(seen.text("order_number") == order.text("order_number") && seen["history"]?.array?.count == 2)
            let first = try #require(seen.items.first)
            #expect(first.text("tax") == "6.00" && first.text("tax_rate") == "0.2" && first["image"] == .null)
            #expect(first.int("unshipped_quantity") == 3 && first.int("cancellable_quantity") == 3)
            _ = try await shop.call(.post, path + "shipments/", Self.body(first, 2), as: CheckoutHarness.admin)
            let parcel = try await shop.call(.get, path, as: CheckoutHarness.admin)["shipments"]?.array?.first
            #expect(parcel?["items"]?.array?.first?.text("sku") == "SKU-1", "\(String(describing: parcel))")
            _ = try await shop.call(
                .put, path + "status/", #"{"status": "shipped"}"#, as: CheckoutHarness.admin)
            _ = try await shop.call(
                .put, path + "status/", #"{"status": "delivered"}"#, as: CheckoutHarness.admin)
            seen = try await shop.call(
                .get, "/api/admin/orders/\(order.text("order_number") ?? "")/", as: CheckoutHarness.admin)
            #expect(seen.text("amount_due") == "0.00" && seen["allowed_statuses"] == .array([]))
            let paper = try #require(seen["papers"]?.array?.first)
            #expect(paper.text("id") == "INV-2027-000001" && paper.text("kind") == "invoice")
            #expect(paper.text("subject") == "order" && paper["return_id"] == .null)
            #expect(seen.items.first?.int("returnable_quantity") == 3)
            for other in [ada, nil] {
                let status = try await shop.call(.get, path, as: other).status
                #expect(status == (other == nil ? 401 : 403))
            }
            #expect(try await shop.call(.get, "/api/admin/orders/77/", as: CheckoutHarness.admin).status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `staff note a return for a customer, and its papers are named with what they are about`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let order = try await shop.taken(by: ada)
            let path = "/api/admin/orders/\(order.id)/"
            for status in ["shipped", "delivered"] {
                _ = try await shop.call(
                    .put, path + "status/", #"{"status": "\#(status)"}"#, as: CheckoutHarness.admin)
            }
            let line = try #require(order.items.first)
            let refused = try await shop.call(.post, path + "returns/", Self.body(line, 4), as: CheckoutHarness.admin)
            #expect(refused.status == 400 && refused["items"] != nil)
            #expect(try await shop.call(.post, path + "returns/", Self.body(line, 1), as: ada).status == 403)
            let back = try await shop.call(.post, path + "returns/", Self.body(line, 2), as: CheckoutHarness.admin)
            #expect(back.status == 201 && back.text("status") == "requested", "\(back.json)")
            #expect(back.text("order_number") == order.text("order_number"))
            let part = try #require(back.items.first)
            #expect(part.text("product_name") == "Product 1" && part.text("sku") == "SKU-1")
            let decide = "/api/admin/returns/\(back.id)/"
            _ = try await shop.call(.post, decide + "approve/", as: CheckoutHarness.admin)
            let body = #"{"items": [{"return_item_id": \#(part.int("id")), "quantity": 2}]}"#
            #expect(try await shop.call(.post, decide + "receive/", body, as: CheckoutHarness.admin).status == 200)
            let papers = try await shop.call(.get, path, as: CheckoutHarness.admin)["papers"]?.array ?? []
            #expect(papers.map { $0.text("id") } == ["INV-2027-000001", "CN-2027-000001"])
            #expect(papers.map { $0.text("subject") } == ["order", "return"])
            #expect(papers.last?.int("return_id") == Int(back.id))
        }
    }

    @Test(arguments: Backend.available)
    func `the parts of vendors are told by vendor, and the shop's own goods are none`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...2 { try await shop.product(Int64(id)) }
            try await shop.execute(
                """
                INSERT INTO vendors (id, name, slug, status, created_at, updated_at)
                VALUES (3, 'Vera', 'vera', 'approved', 0, 0)
                """)
            try await shop.execute("UPDATE products SET vendor_id = 3 WHERE id = 2")
            let order = try await shop.taken(by: ada, products: false)
            let parts = try await shop.call(.get, "/api/admin/orders/\(order.id)/parts/", as: CheckoutHarness.admin)
            let part = try #require(parts.json.array?.first)
            #expect(parts.json.array?.count == 1 && part.int("vendor_id") == 3 && part.text("vendor_name") == "Vera")
            #expect(part.int("quantity") == 1 && part.text("subtotal") == "10.00" && part["earnings"] == .null)
            #expect(part.text("status") == "processing")
            let seen = try await shop.call(.get, "/api/admin/orders/\(order.id)/", as: CheckoutHarness.admin)
            #expect(Set(seen.items.map { $0.text("vendor_name") }) == ["", "Vera"], "\(seen.json)")
            #expect(seen.statements <= 9, "\(seen.statements)")
            #expect(try await shop.call(.get, "/api/admin/orders/\(order.id)/parts/", as: ada).status == 403)
        }
    }

    @Test(arguments: Backend.available)
    func `a packing table gets one paper of all orders: slips, and lists of what is still to be sent`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, eve) = (try await shop.user(1), try await shop.user(2))
            for id in 1...2 { try await shop.product(Int64(id), stock: 50) }
            try await shop.execute("UPDATE products SET sku = '4006381333931' WHERE id = 2")
            let whole = try await shop.taken(by: ada, products: false)
            let parted = try await shop.taken(by: eve, products: false)
            let line = try #require(parted.items.first)
            _ = try await shop.call(
                .post, "/api/admin/orders/\(parted.id)/shipments/", Self.body(line, 2), as: CheckoutHarness.admin)
            let numbers = [whole, parted].map { $0.text("order_number") ?? "" }
            let path = "/api/admin/orders/slips/?orders="
            let pdf = try await shop.call(
                .get, path + "\(whole.id),\(numbers[1]),\(whole.id)", as: CheckoutHarness.admin)
            #expect(pdf.status == 200 && pdf.headers[.contentType] == "application/pdf", "\(pdf.json)")
            #expect(pdf.statements <= 6, "\(pdf.statements)")
            let pages = try await Self.pages(pdf.bytes)
            try #require(pages.count == 3, "\(pages)")
            for (page, parts) in zip(
                pages,
                [
                    ["Packing list", "3 of 3", "1 of 1", numbers[0]], ["Delivery slip", "2 of 3", numbers[1]],
                    ["Packing list", "1 of 3", "1 of 1", numbers[1]],
                ])
            {
                for part in parts + ["Page 1 of 1"] { #expect(page.contains(part), "\(part) in \(page)") }
            }
            let codes = try await PaperReader.barcodes(pdf.bytes)
            #expect(Set(codes) == Set(numbers + ["4006381333931"]), "\(codes)")
            let access = shop.access(.get, "/api/admin/orders/slips/")
            #expect(access == .staff("orders.view"))
        }
    }

    @Test(arguments: Backend.available)
    func `what cannot be a paper of orders is refused with the reason`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 50)
            _ = try await shop.fill(1, as: ada)
            let unpaid = try await shop.order(ada)
            let many = (1...101).map { String($0) }.joined(separator: ",")
            for query in ["", "?orders=", "?orders=,", "?orders=\(unpaid.id),77", "?orders=NONE", "?orders=\(many)"] {
                for paper in ["slips", "invoices"] {
                    let answer = try await shop.call(
                        .get, "/api/admin/orders/\(paper)/\(query)", as: CheckoutHarness.admin)
                    #expect(answer.status == 400 && answer["orders"] != nil, "\(paper) \(query): \(answer.json)")
                }
            }
            let slips = try await shop.call(
                .get, "/api/admin/orders/slips/?orders=\(unpaid.id)", as: CheckoutHarness.admin)
            #expect(slips.status == 400 && slips["orders"] != nil, "nothing is sent before it is paid")
        }
    }

    @Test(arguments: Backend.available)
    func `the invoices of several orders are one paper`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let order = try await shop.taken(by: ada, stock: 50)
            try #require(try await shop.pay(order).status == 200)
            _ = try await shop.fill(1, as: ada)
            let open = try await shop.order(ada)
            let path = "/api/admin/orders/invoices/?orders=\(open.id),\(order.id)"
            let pdf = try await shop.call(.get, path, as: CheckoutHarness.admin)
            #expect(pdf.status == 200 && pdf.statements <= 6, "\(pdf.json)")
            let pages = try await Self.pages(pdf.bytes)
            try #require(pages.count == 2, "\(pages)")
            #expect(pages[0].contains("Pro forma invoice") && pages[0].contains(open.text("order_number") ?? "?"))
            #expect(pages[1].contains("Invoice INV-2027-000001") && pages[1].contains("40.00 USD"))
        }
    }

    private static func body(_ line: JSONValue, _ quantity: Int) -> String {
        #"{"items": [{"order_item_id": \#(line.int("id")), "quantity": \#(quantity)}]}"#
    }

    private static func pages(_ pdf: [UInt8]) async throws -> [String] {
        try await PaperReader.text(pdf).split(separator: "\u{0C}").map { String($0) }
            .filter { !$0.allSatisfy(\.isWhitespace) }
    }
}
