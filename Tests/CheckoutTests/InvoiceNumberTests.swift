import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Orders

/// The numbers of invoices and credit notes, whatever is refused or breaks off between them.
@Suite struct InvoiceNumberTests {
    private struct BrokenOff: Error {}

    /// The numbers of a series in a year, in their order.
    private func numbers(_ series: String, _ year: Int, _ shop: CheckoutHarness) async throws -> [Int] {
        try await shop.database.read { connection in
            try connection.column(
                "SELECT sequence FROM invoices WHERE series = \(series) AND year = \(year) ORDER BY sequence",
                as: Int.self)
        }
    }

    private func counter(_ series: String, _ year: Int, _ shop: CheckoutHarness) async throws -> Int {
        try await shop.value("SELECT last_number FROM invoice_counters WHERE series = \(series) AND year = \(year)")
    }

    private func placed(_ shop: CheckoutHarness, as ada: Identity) async throws -> Int64 {
        _ = try await shop.fill(1, 2, as: ada)
        let order = try await shop.order(ada, by: "bank_transfer")
        try #require(order.status == 201, "\(order.json)")
        return order.id
    }

    private func pay(_ order: Int64, _ amount: String, _ shop: CheckoutHarness) async throws -> CheckoutHarness.Answer {
        try await shop.call(
            .post, "/api/admin/orders/\(order)/payment/", #"{"amount": "\#(amount)"}"#, as: CheckoutHarness.admin)
    }

    /// Pays an order, which draws a number, and breaks the transaction off.
    private func payAndBreakOff(_ order: Int64, _ shop: CheckoutHarness) async throws {
        let orders = shop.orders
        try await shop.database.write { (tx: Transaction) throws -> Void in
            let found = try orders.lock(.id(OrderID(order)), in: tx)
            _ = try orders.pay(found, by: .staff(UserID(999)), note: "", in: tx)
            throw BrokenOff()
        }
    }

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2] as [UInt64])
    func `no number is left out and none is drawn twice, whatever is refused between`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 1_000)
            var (paid, credited) = (0, 0)
            var live: [Int64] = []
            for step in 0..<40 {
                let order = try await placed(shop, as: ada)
                switch random.number(below: 4) {
                case 0:
                    #expect(try await pay(order, "19.99", shop).status == 400)
                case 1:
                    await #expect(throws: BrokenOff.self) { try await payAndBreakOff(order, shop) }
                    #expect(try await counter("invoice", 2027, shop) == paid, "step \(step)")
                    fallthrough
                default:
                    #expect(try await pay(order, "20.00", shop).status == 200)
                    paid += 1
                    live.append(order)
                    let again = try await pay(order, "20.00", shop)
                    #expect(again.status == 409 && again.text("code") == "already_paid")
                }
                if let last = live.last, random.number(below: 4) == 0 {
                    let path = "/api/orders/\(last)/cancel/"
                    #expect(try await shop.call(.put, path, as: ada).status == 200)
                    #expect(try await shop.call(.put, path, as: ada).status == 409)
                    live.removeLast()
                    credited += 1
                }
                try #require(try await numbers("invoice", 2027, shop) == Array(1..<(paid + 1)))
                try #require(try await numbers("credit_note", 2027, shop) == Array(1..<(credited + 1)))
            }
            #expect(paid > 0 && credited > 0)
        }
    }

    @Test(arguments: Backend.available)
    func `payments at once, half of them broken off, draw the numbers from one on`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 1_000)
            var orders: [Int64] = []
            for _ in 0..<12 { orders.append(try await placed(shop, as: ada)) }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for (index, order) in orders.enumerated() {
                    group.addTask {
                        if index.isMultiple(of: 2) { return try await pay(order, "20.00", shop).status }
                        do {
                            try await payAndBreakOff(order, shop)
                            return 200
                        } catch is BrokenOff {
                            return 0
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == Array(repeating: 0, count: 6) + Array(repeating: 200, count: 6))
            #expect(try await numbers("invoice", 2027, shop) == [1, 2, 3, 4, 5, 6])
            #expect(try await counter("invoice", 2027, shop) == 6)
        }
    }

    /// 2027-01-15T08:00:00Z and 351 days are 2028-01-01.
    @Test(arguments: Backend.available)
    func `each year begins at one, and a paper keeps the year that it was drawn in`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, stock: 1_000)
            var orders: [Int64] = []
            for _ in 0..<2 { orders.append(try await placed(shop, as: ada)) }
            for order in orders { #expect(try await pay(order, "20.00", shop).status == 200) }
            shop.clock.advance(by: .days(351))
            let late = try await placed(shop, as: ada)
            #expect(try await pay(late, "20.00", shop).status == 200)
            #expect(try await shop.call(.put, "/api/orders/\(orders[0])/cancel/", as: ada).status == 200)
            #expect(try await numbers("invoice", 2027, shop) == [1, 2])
            #expect(try await numbers("invoice", 2028, shop) == [1])
            #expect(try await numbers("credit_note", 2027, shop).isEmpty)
            #expect(try await numbers("credit_note", 2028, shop) == [1])
            let paper = try await shop.call(.get, "/api/orders/\(orders[0])/invoice/", as: ada)
            #expect(try await PaperReader.text(paper.bytes).contains("INV-2027-000001"))
            let note = try await shop.call(.get, "/api/orders/\(orders[0])/credit-note/", as: ada)
            let text = try await PaperReader.text(note.bytes)
            #expect(text.contains("CN-2028-000001") && text.contains("INV-2027-000001"), "\(text)")
        }
    }
}
