import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Primitives
import SQL
import Schema
import TestSupport
import Testing
import Web

@testable import Orders

/// A numbered document never changes, whatever becomes of the shop and of the order.
@Suite struct CheckoutPaperKeepingTests {
    @Test(arguments: Backend.available)
    func `numbered papers are drawn as they were issued, whatever the shop is called since`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            let (paths, bytes) = try await Self.papers(shop, ada)
            let text = try await PaperReader.text(bytes[0])
            for part in ["Zażółć Łódź", "Status", "Paid"] { #expect(text.contains(part), "\(part): \(text)") }
            let renamed = try CheckoutHarness(shop.database, shopName: "Renamed Ltd", clock: shop.clock)
            for (path, old) in zip(paths, bytes) {
                let now = try await renamed.call(.get, path, as: ada)
                #expect(now.status == 200 && now.bytes == old, "\(path)")
            }
            _ = try await renamed.fill(1, as: ada)
            let proForma = try await renamed.call(
                .get, "/api/orders/\(try await renamed.order(ada).id)/invoice/", as: ada)
            #expect(try await PaperReader.text(proForma.bytes).contains("Renamed Ltd"))
        }
    }

    /// Returns an invoice, the credit note of a return and that of an order that was cancelled: where they are, and as
    /// they are.
    private static func papers(_ shop: CheckoutHarness, _ ada: Identity) async throws -> ([String], [[UInt8]]) {
        try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
        let order = try await shop.taken(by: ada)
        for status in ["shipped", "delivered"] {
            _ = try await shop.call(
                .put, "/api/admin/orders/\(order.id)/status/", #"{"status": "\#(status)"}"#, as: CheckoutHarness.admin)
        }
        let invoice = "/api/orders/\(order.id)/invoice/"
        let first = try await shop.call(.get, invoice, as: ada).bytes
        let item = order.items[0]["id"]?.integer ?? 0
        let asked = try await shop.call(
            .post, "/api/orders/\(order.id)/returns/", #"{"items": [{"order_item_id": \#(item), "quantity": 2}]}"#,
            as: ada)
        let decide = "/api/admin/returns/\(asked.id)/"
        _ = try await shop.call(.post, decide + "approve/", as: CheckoutHarness.admin)
        let part = asked["items"]?.array?.first?["id"]?.integer ?? 0
        _ = try await shop.call(
            .post, decide + "receive/", #"{"items": [{"return_item_id": \#(part), "quantity": 2}]}"#,
            as: CheckoutHarness.admin)
        _ = try await shop.fill(1, as: ada)
        let other = try await shop.order(ada)
        _ = try await shop.pay(other)
        _ = try await shop.call(.put, "/api/orders/\(other.id)/cancel/", as: ada)
        let paths = [
            invoice, "/api/orders/\(order.id)/returns/\(asked.id)/credit-note/", "/api/orders/\(other.id)/invoice/",
            "/api/orders/\(other.id)/credit-note/",
        ]
        var bytes: [[UInt8]] = []
        for path in paths {
            let paper = try await shop.call(.get, path, as: ada)
            try #require(paper.status == 200, "\(path): \(paper.json)")
            bytes.append(paper.bytes)
        }
        #expect(bytes[0] == first)
        return (paths, bytes)
    }
}
