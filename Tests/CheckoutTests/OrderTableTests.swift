import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Orders as a table for spreadsheets.
@Suite(.timeLimit(.minutes(5)))
struct OrderTableTests {
    @Test(arguments: Backend.available)
    func `a table of orders has addresses, invoices and credits, and on request each line`(_ backend: Backend)
        async throws
    {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            let order = try await shop.taken(by: ada)
            let path = "/api/admin/orders/\(order.id)/"
            let item = try #require(order.items.first?["id"]?.integer)
            let sent = try await shop.call(
                .post, "\(path)shipments/", #"{"items": [{"order_item_id": \#(item), "quantity": 2}]}"#,
                as: CheckoutHarness.admin)
            try #require(sent.status == 201, "\(sent.json)")
            let left = try await shop.call(.post, "\(path)cancel-rest/", "{}", as: CheckoutHarness.admin)
            try #require(left.status == 200, "\(left.json)")
            let done = try await shop.call(
                .put, "\(path)status/", #"{"status": "delivered"}"#, as: CheckoutHarness.admin)
            try #require(done.status == 200, "\(done.json)")

            let whole = try await Self.table(shop, "")
            let row = try #require(whole.first)
            #expect(whole.count == 1 && row["order_number"] == order.text("order_number"))
            #expect(row["invoice_number"]?.hasPrefix("INV-") == true && row["credit_notes"] == "")
            #expect(row["total"] == done.text("total") && row["status"] == "delivered")
            #expect(row["credited_amount"] == "24.00" && row["refund_amount"] == "0.00")
            #expect(row["address_line1"]?.isEmpty == false && row["billing_city"]?.isEmpty == false)
            #expect(row["line_sku"] == nil)

            let lines = try await Self.table(shop, "?lines=1")
            #expect(
                lines.map { $0["line_sku"] } == ["SKU-1", "SKU-2"] && lines.map { $0["line_quantity"] } == ["3", "1"])
            #expect(lines.map { $0["line_canceled"] } == ["1", "1"])
            #expect(lines.map { $0["total"] } == [done.text("total"), ""])
            #expect(
                Set(lines.map { $0["order_number"] }).count == 1 && lines.allSatisfy { $0["line_tax_rate"] == "0.2" })
        }
    }

    @Test func `a byte order mark is there where it was asked for`() async throws {
        try await CheckoutHarness.with(.sqlite) { shop in
            for (query, isMarked) in [("", false), ("?bom=0", false), ("?bom=1", true), ("?bom=true&lines=1", true)] {
                let table = try await shop.call(.get, "/api/admin/orders/export/\(query)", as: CheckoutHarness.admin)
                #expect(table.status == 200 && table.bytes.starts(with: [0xEF, 0xBB, 0xBF]) == isMarked, "\(query)")
            }
            let wrong = try await shop.call(.get, "/api/admin/orders/export/?bom=maybe", as: CheckoutHarness.admin)
            #expect(wrong.status == 400 && wrong["bom"] != nil)
        }
    }

    /// Returns the rows of an export, each by column.
    private static func table(_ shop: CheckoutHarness, _ query: String) async throws -> [[String: String]] {
        let answer = try await shop.call(.get, "/api/admin/orders/export/\(query)", as: CheckoutHarness.admin)
        let rows = try CSVReader.rows(answer.bytes).map(\.cells)
        let header = try #require(rows.first)
        return rows.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
    }
}
