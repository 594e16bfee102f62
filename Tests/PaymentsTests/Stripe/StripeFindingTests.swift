import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// Looking for payments by names of which some are not known.
@Suite struct StripeFindingTests {
    private let stripe: StripePeer

    init() throws { stripe = try StripePeer() }

    private func age(_ names: GatewayLookup, by hours: Int64, isIndexed: Bool) async throws {
        let created = (stripe.time.source.now - .hours(hours)).seconds
        try await stripe.control(
            "change",
            [
                "intent": .string(try #require(names.reference)),
                "to": .object(["created": .number(String(created)), "indexed": .bool(isIndexed)]),
            ])
    }

    @Test func `a payment of a moment ago is found by our id although search does not know it yet`() async throws {
        let gateway = try stripe.gateway()
        let names = try await gateway.create(.stripe("pay_new"), key: "k1").names
        _ = try await gateway.create(.stripe("pay_other"), key: "k2")
        let found = try await gateway.find(GatewayLookup(transactionID: "pay_new"), in: .usd)
        #expect(found?.names == names)
    }

    @Test func `an old payment is found by our id in search`() async throws {
        let gateway = try stripe.gateway()
        let names = try await gateway.create(.stripe("pay_old"), key: "k1").names
        try await age(names, by: 40, isIndexed: true)
        let found = try await gateway.find(GatewayLookup(transactionID: "pay_old"), in: .usd)
        #expect(found?.names.reference == names.reference)
    }

    @Test func `where there is no search, the payments of some days are looked through`() async throws {
        let gateway = try stripe.gateway()
        let names = try await gateway.create(.stripe("pay_old"), key: "k1").names
        for (hours, isFound) in [(40, true), (220, false)] as [(Int64, Bool)] {
            try await age(names, by: hours, isIndexed: true)
            try await stripe.control(
                "fault", ["kind": .string("refuse"), "status": .number("403"), "on": .string("/search")])
            let found = try await gateway.find(GatewayLookup(transactionID: "pay_old"), in: .usd)
            #expect(found?.names.reference == (isFound ? names.reference : nil))
        }
    }

    @Test func `a payment beyond the first hundred is found`() async throws {
        let gateway = try stripe.gateway()
        let names = try await gateway.create(.stripe("pay_first"), key: "k").names
        for number in 1...101 { _ = try await gateway.create(.stripe("pay_\(number)"), key: "k\(number)") }
        let found = try await gateway.find(GatewayLookup(transactionID: "pay_first"), in: .usd)
        #expect(found?.names.reference == names.reference)
    }

    @Test(arguments: [
        GatewayLookup(transactionID: "pay_none"), GatewayLookup(transactionID: "pay_1", reference: "pi_none"),
        GatewayLookup(transactionID: "pay_1", reference: "../customers"),
        GatewayLookup(transactionID: "x\"] OR status:\"succeeded"),
        GatewayLookup(transactionID: "pay_none", transaction: "ch_none"),
    ])
    func `names that Stripe does not have find nothing`(names: GatewayLookup) async throws {
        let gateway = try stripe.gateway()
        _ = try await gateway.create(.stripe("pay_1"), key: "k")
        #expect(try await gateway.find(names, in: .usd) == nil)
    }

    @Test func `a payment is found by its charge`() async throws {
        let gateway = try stripe.gateway()
        let names = try await gateway.create(.stripe(), key: "k").names
        try await stripe.control("confirm", ["intent": .string(try #require(names.reference))])
        let charge = try #require(try await gateway.find(names, in: .usd)?.names.transaction)
        let found = try await gateway.find(GatewayLookup(transactionID: "pay_1", transaction: charge), in: .usd)
        #expect(found?.names.reference == names.reference)
    }

    @Test func `an operation finds the payment whose answer was lost`() async throws {
        let gateway = try stripe.gateway(["capture_method": "manual"])
        let names = try await gateway.create(.stripe(), key: "k").names
        try await stripe.control("confirm", ["intent": .string(try #require(names.reference))])
        let capture = GatewayCapture(
            GatewayLookup(transactionID: "pay_1"), amount: .minor(2_000), of: .minor(2_000), .usd)
        #expect(try await gateway.capture(capture, key: "c").captured == .minor(2_000))
        let unknown = GatewayCapture(
            GatewayLookup(transactionID: "pay_2"), amount: .minor(2_000), of: .minor(2_000), .usd)
        let error = try await stripeError { _ = try await gateway.capture(unknown, key: "d") }
        #expect(error == .refused(status: 404, code: "resource_missing", "there is no such payment"))
    }

    @Test func `a span of time is listed page by page, without what other programs made`() async throws {
        let gateway = try stripe.gateway()
        for number in 1...103 {
            let names = try await gateway.create(.stripe("pay_\(number)"), key: "k\(number)").names
            if number == 1 { try await age(names, by: 3, isIndexed: false) }
            if number == 2 {
                let foreign: JSONValue = .object(["metadata": .object([:])])
                try await stripe.control("change", ["intent": .string(try #require(names.reference)), "to": foreign])
            }
        }
        let now = stripe.time.source.now
        let first = try await gateway.list(from: now - .hours(1), until: now + .hours(1), after: nil)
        let next: String = try #require(first.next)
        let second = try await gateway.list(from: now - .hours(1), until: now + .hours(1), after: next)
        #expect(first.payments.count == 100 && second.next == nil)
        let listed = (first.payments + second.payments).map(\.names.transactionID)
        #expect(Set(listed) == Set((3...103).map { "pay_\($0)" }) && listed.count == 101)
    }
}
