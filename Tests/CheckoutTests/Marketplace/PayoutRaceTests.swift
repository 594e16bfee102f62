import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Marketplace

/// Payouts beside each other and beside refunds; scripts/races runs these for a thousand rounds.
@Suite(.serialized) struct PayoutRaceTests {
    @Test(arguments: Backend.available)
    func `two runs of a period pay each vendor once, and a refund beside them is taken off or carried`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            let ada = try await market.shop.user(1)
            try await market.vendor(3)
            try await market.product(30, of: 3)
            for round in 1...RaceField.rounds {
                let order = try await market.order(ada, [(30, 10)])
                try await market.pay(order)
                try await market.deliver(order)
                market.shop.clock.advance(by: .days(15))
                let payment = try await market.payment(of: order)
                async let first = market.process()
                async let refund = market.field.refund(payment, "60.00")
                async let second = market.process()
                let statuses = try await [first.status, second.status].sorted()
                try #require(statuses == [200, 201], "round \(round): \(statuses)")
                try #require(try await refund.status == 201)
                let found = try await market.shop.accounts()
                try #require(found.isEmpty, "round \(round): \(found)")
                let sum = try await market.shop.value(
                    "SELECT CAST(SUM(amount) AS SIGNED) FROM vendor_ledger_entries WHERE vendor_id = 3")
                let balance = try await market.balance(3)
                try #require(Int64(sum) == balance[0], "round \(round)")
                // What is carried is settled before the next round, so that each pays something.
                if balance[0] < 0 {
                    let amount = Currency.usd.text(Money(minorUnits: -balance[0]))
                    _ = try await market.call(
                        .post, "/api/admin/vendors/3/adjustments/", #"{"amount": "\#(amount)", "reason": "x"}"#)
                }
            }
            #expect(
                try await market.shop.value("SELECT COUNT(*) FROM vendor_payouts") == RaceField.rounds)
        }
    }
}
