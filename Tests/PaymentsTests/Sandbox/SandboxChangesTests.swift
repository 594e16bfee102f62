import AppHarness
import Commerce
import Primitives
import TestSupport
import Testing

@testable import Payments

/// Refunds and disputes by the time at which they were made.
@Suite struct SandboxChangesTests {
    @Test(arguments: Backend.available)
    func `refunds and disputes of old payments are told as they are now`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let payment = try await shop.paid()
            shop.clock.advance(by: .days(10))
            let since = shop.clock.source.now
            let refund = try await shop.refund(300, of: payment)
            let reference = try #require(payment.names.reference)
            #expect(try await shop.act(reference, #"{"action": "dispute", "amount": 400}"#).status == 200)
            #expect(try await shop.act(reference, #"{"action": "lose_dispute"}"#).status == 200)
            shop.clock.advance(by: .hours(1))
            let until = shop.clock.source.now
            let refunds = try await shop.gateway.pages(.refunds, from: since, until: until)
            #expect(refunds == [[.refund(refund, of: payment.names, currency: "EUR")]])
            let dispute = try #require(try await shop.find(reference).disputes.first)
            #expect(dispute.status == .lost)
            let disputes = try await shop.gateway.pages(.disputes, from: since, until: until)
            #expect(disputes == [[.dispute(dispute, of: payment.names, currency: "EUR")]])
            for kind in GatewayChangeKind.allCases {
                #expect(try await shop.gateway.pages(kind, from: until, until: until + .days(1)) == [[]])
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a span of time is listed page by page`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let payment = try await shop.paid()
            let reference = try #require(payment.names.reference)
            for number in 1...Int64(SandboxGateway.pageSize + 1) {
                _ = try await shop.refund(1, of: payment, id: number)
                #expect(try await shop.act(reference, #"{"action": "dispute", "amount": 1}"#).status == 200)
            }
            for kind in GatewayChangeKind.allCases {
                let pages = try await shop.gateway.pages(
                    kind, from: SandboxHarness.start, until: SandboxHarness.start + .days(1))
                #expect(pages.map(\.count) == [SandboxGateway.pageSize, 1])
                #expect(Set(pages.joined()).count == SandboxGateway.pageSize + 1)
            }
        }
    }
}
