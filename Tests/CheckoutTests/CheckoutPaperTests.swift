import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@Suite struct CheckoutPaperTests {
    @Test(arguments: Backend.available)
    func `an order is a pro forma until it is paid, then an invoice whose number stays`(_ backend: Backend) async throws
    {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, eve) = (try await shop.user(1), try await shop.user(2))
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            let order = try await shop.taken(by: ada)
            let path = "/api/orders/\(order.id)/invoice/"
            let early = try await shop.call(.get, path, as: ada)
            #expect(early.status == 200 && early.headers[.contentType] == "application/pdf")
            #expect(early.headers[.contentDisposition]?.contains("pro-forma") == true)
            var text = try await PaperReader.text(early.bytes)
            #expect(text.contains("Pro forma invoice") && !text.contains("INV-"))
            let parcel = try await shop.call(
                .post, "/api/admin/orders/\(order.id)/shipments/", "{}", as: CheckoutHarness.admin)
            let status = "/api/admin/orders/\(order.id)/status/"
            _ = try await shop.call(.put, status, #"{"status": "delivered"}"#, as: CheckoutHarness.admin)
            for _ in 0..<2 {
                let paid = try await shop.call(.get, path, as: ada)
                text = try await PaperReader.text(paid.bytes)
                for part in [
                    "Invoice INV-2027-000001", "Zażółć Łódź", "VAT PL1234567890", "Ada Lovelace", "Product 1", "SKU-2",
                    "VAT, 20 % of 40.00", "8.00", "48.00 USD", order.text("order_number") ?? "?",
                ] { #expect(text.contains(part), "\(part)") }
            }
            #expect(try await shop.call(.get, path, as: eve).status == 404)
            #expect(try await shop.call(.get, path).status == 401)
            let slip = "/api/admin/orders/\(order.id)/shipments/\(parcel.id)/delivery-slip/"
            let slipText = try await PaperReader.text(try await shop.call(.get, slip, as: CheckoutHarness.admin).bytes)
            #expect(slipText.contains("3 of 3") && !slipText.contains("48.00"))
            #expect(
                try await shop.call(.get, slip.replacing("/\(parcel.id)/", with: "/77/"), as: CheckoutHarness.admin)
                    .status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `what came back is credited under a number of its own series`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            let order = try await shop.taken(by: ada)
            for status in ["shipped", "delivered"] {
                _ = try await shop.call(
                    .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "\#(status)"}"#,
                    as: CheckoutHarness.admin)
            }
            let item = order.items[0]["id"]?.integer ?? 0
            let asked = try await shop.call(
                .post, "/api/orders/\(order.id)/returns/", #"{"items": [{"order_item_id": \#(item), "quantity": 2}]}"#,
                as: ada)
            let path = "/api/orders/\(order.id)/returns/\(asked.id)/credit-note/"
            #expect(try await shop.call(.get, path, as: ada).status == 404)
            let decide = "/api/admin/returns/\(asked.id)/"
            _ = try await shop.call(.post, decide + "approve/", as: CheckoutHarness.admin)
            let part = asked["items"]?.array?.first?["id"]?.integer ?? 0
            let body = #"{"items": [{"return_item_id": \#(part), "quantity": 2}]}"#
            #expect(try await shop.call(.post, decide + "receive/", body, as: CheckoutHarness.admin).status == 200)
            let text = try await PaperReader.text(try await shop.call(.get, path, as: ada).bytes)
            for part in ["Credit note CN-2027-000001", "INV-2027-000001", "24.00 USD", "4.00", "20 %"] {
                #expect(text.contains(part), "\(part)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `numbers have no gap, whoever pays at the same moment and whatever fails`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let buyers = try await (1...8).asyncMap { try await shop.user(Int64($0)) }
            var orders: [Int64] = []
            for (index, buyer) in buyers.enumerated() {
                orders.append(try await shop.taken(by: buyer, products: index == 0, stock: 100).id)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in orders {
                    for status in ["shipped", "delivered", "delivered"] {
                        group.addTask {
                            _ = try await shop.call(
                                .put, "/api/admin/orders/\(order)/status/", #"{"status": "\#(status)"}"#,
                                as: CheckoutHarness.admin)
                        }
                    }
                }
                try await group.waitForAll()
            }
            for order in orders {
                _ = try await shop.call(
                    .put, "/api/admin/orders/\(order)/status/", #"{"status": "delivered"}"#, as: CheckoutHarness.admin)
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM invoices") == 8)
            #expect(try await shop.value("SELECT COUNT(DISTINCT sequence) FROM invoices") == 8)
            #expect(try await shop.value("SELECT MAX(sequence) FROM invoices") == 8)
            #expect(try await shop.value("SELECT last_number FROM invoice_counters WHERE series = 'invoice'") == 8)
        }
    }
}
