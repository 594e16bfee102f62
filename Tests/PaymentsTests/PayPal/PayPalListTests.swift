import Commerce
import Primitives
import Testing

@testable import Payments

/// What reconciliation reads from the Transaction Search.
@Suite struct PayPalListTests {
    private let shop: PayPalShop
    private let gateway: PayPalGateway
    private let from = Timestamp(seconds: 1_800_000_000)

    init() throws {
        shop = try PayPalShop()
        gateway = try shop.gateway()
    }

    private func report(_ id: String, day: Int64, _ value: String, _ changes: [String: String] = [:]) async throws {
        let line = [
            "transaction_id": id, "transaction_event_code": "T0006", "transaction_status": "S",
            "custom_field": "pay_\(id)", "paypal_reference_id": "O\(id)", "paypal_reference_id_type": "ODR",
        ].merging(changes) { $1 }.filter { !$1.isEmpty }.mapValues { JSONValue.string($0) }
        let date = JSONValue.string((from + .days(day)).description)
        try await shop.control(
            "report",
            line.merging([
                "transaction_initiation_date": date, "transaction_amount": amount(value), "fee_amount": amount("-0.84"),
            ]) { $1 })
    }

    private func amount(_ value: String) -> JSONValue {
        .object(["currency_code": .string("EUR"), "value": .string(value)])
    }

    private func all(until: Timestamp) async throws -> [[GatewayPayment]] {
        var pages: [[GatewayPayment]] = []
        var cursor: String?
        repeat {
            let page = try await gateway.list(from: from, until: until, after: cursor)
            pages.append(page.payments)
            cursor = page.next
        } while cursor != nil && pages.count < 20
        return pages
    }

    @Test func `lines with our ids become payments and refunds, others nothing`() async throws {
        try await report("A", day: 0, "10.00")
        try await report("B", day: 0, "20.00", ["transaction_status": "P"])
        try await report("C", day: 0, "30.00", ["transaction_status": "D"])
        try await report("D", day: 0, "40.00", ["custom_field": ""])
        try await report("E", day: 0, "-50.00", ["transaction_event_code": "T0400"])
        try await report(
            "F", day: 0, "-4.00",
            [
                "transaction_event_code": "T1107", "custom_field": "pay_A", "invoice_id": "pay_A-r7",
                "paypal_reference_id": "A", "paypal_reference_id_type": "TXN",
            ])
        let list = try await gateway.list(from: from, until: from + .days(1), after: nil)
        #expect(list.next == nil)
        #expect(list.payments.map(\.names.transactionID) == ["pay_A", "pay_B", "pay_C", "pay_A"])
        let first = try #require(list.payments.first)
        #expect(first.names == GatewayLookup(transactionID: "pay_A", reference: "OA", transaction: "A"))
        #expect(first.captured == Money(minorUnits: 1_000))
        #expect(first.fee == Money(minorUnits: 84))
        #expect(list.payments.map(\.captured.minorUnits) == [1_000, 0, 0, 0])
        #expect(list.payments.map(\.progress) == [.processing, .processing, .failed, .open])
        #expect(list.payments.last?.names.transaction == "A")
        #expect(
            list.payments.last?.refunds == [
                GatewayRefund("F", RefundID(7), amount: Money(minorUnits: 400), .completed)
            ])
    }

    @Test func `a long span is asked for a month and a page at a time, and nothing is left out`() async throws {
        try await shop.control("permit", ["page_size": .number("2")])
        let days: [Int64] = [0, 1, 2, 31, 61, 70]
        for day in days { try await report("T\(day)", day: day, "10.00") }
        let pages = try await all(until: from + .days(71))
        #expect(pages.map(\.count) == [2, 1, 2, 1])
        #expect(pages.joined().map(\.names.transaction) == days.map { "T\($0)" })
    }

    @Test func `an empty span has no pages, and a missing permission is told`() async throws {
        #expect(try await all(until: from).map(\.count) == [0])
        #expect(try await all(until: from + .days(1)).map(\.count) == [0])
        try await shop.control("permit", ["search": .bool(false)])
        let failure = try await PayPalShop.failure { _ = try await all(until: from + .days(1)) }
        #expect(failure == "refused 403 PERMISSION_DENIED")
    }
}
