import AppHarness
import Commerce
import HTTPTypes
import Primitives
import TestSupport
import Testing

@testable import Payments

/// Money that goes back.
@Suite struct SandboxRefundTests {
    @Test(arguments: Backend.available)
    func `refunds never exceed what was captured`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let payment = try await shop.paid()
            #expect(await refusal { try await shop.refund(2_000, of: payment) } == "amount_too_large")
            let first = try await shop.refund(1_200, of: payment)
            #expect(first.status == .completed && first.refund == RefundID(1) && first.amount.minorUnits == 1_200)
            #expect(await refusal { try await shop.refund(800, of: payment, id: 2) } == "amount_too_large")
            _ = try await shop.refund(799, of: payment, id: 2)
            #expect(await refusal { try await shop.refund(1, of: payment, id: 3) } == "amount_too_large")
            let found = try await shop.find(try #require(payment.names.reference))
            #expect(found.captured.minorUnits == 1_999)
            #expect(found.refunds.map(\.amount.minorUnits) == [1_200, 799])
        }
    }

    @Test(arguments: Backend.available)
    func `of eight refunds of 60 % at once one is made`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            for round in 0..<4 {
                let payment = try await shop.paid(1_000, id: "pay_\(round)")
                let outcomes = await withTaskGroup(of: String?.self) { group in
                    for id in 1...8 {
                        group.addTask {
                            await refusal {
                                try await shop.refund(
                                    600, of: payment, id: Int64(id), key: "refund-\(round)-\(id)")
                            }
                        }
                    }
                    return await group.reduce(into: [String?]()) { $0.append($1) }
                }
                #expect(outcomes.filter { $0 == nil }.count == 1)
                #expect(outcomes.filter { $0 == "amount_too_large" }.count == 7)
                #expect(try await shop.find(try #require(payment.names.reference)).refunds.count == 1)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `nothing is refunded of a payment that is not captured, or in another currency`(
        _ backend: Backend
    ) async throws {
        try await SandboxHarness.with(backend) { shop in
            let reference = try await shop.open()
            let open = try await shop.find(reference)
            #expect(await refusal { try await shop.refund(1, of: open) } == "payment_unexpected_state")
            _ = try await shop.choose("pay", reference)
            let draft = GatewayRefundDraft(
                RefundID(1), of: open.names, amount: Money(minorUnits: 1), captured: .zero, .usd, reason: "")
            #expect(await refusal { try await shop.gateway.refund(draft, key: "r") } == "currency_mismatch")
        }
    }

    @Test(arguments: Backend.available)
    func `a held refund is pending until it ends, and a failed one frees its amount`(
        _ backend: Backend
    ) async throws {
        try await SandboxHarness.with(backend) { shop in
            #expect(try await shop.send(.put, "/sandbox/webhooks/", #"{"holds_refunds": true}"#).status == 200)
            let payment = try await shop.paid()
            let reference = try #require(payment.names.reference)
            #expect(try await shop.refund(1_999, of: payment).status == .pending)
            #expect(await refusal { try await shop.refund(1, of: payment, id: 2) } == "amount_too_large")
            #expect(try await shop.act(reference, #"{"action": "complete_refund"}"#).status == 200)
            #expect(try await shop.act(reference, #"{"action": "complete_refund"}"#).status == 404)
            #expect(try await shop.act(reference, #"{"action": "fail_refund"}"#).status == 200)
            #expect(try await shop.act(reference, #"{"action": "fail_refund"}"#).status == 404)
            let id = try await shop.find(reference).refunds[0].id
            let again = try await shop.act(reference, #"{"action": "complete_refund", "refund": "\#(id)"}"#)
            #expect(again.status == 409 && again.text("code") == "refund_unexpected_state")
            let failed = try await shop.find(reference).refunds
            #expect(failed.map(\.status) == [.failed] && failed[0].failureReason == "The bank sent the money back.")
            #expect(try await shop.refund(1_999, of: payment, id: 3).status == .pending)
            #expect(
                try await shop.eventTypes() == [
                    "payment.captured", "refund.created", "refund.completed", "refund.failed", "refund.created",
                ])
        }
    }

    @Test(arguments: Backend.available)
    func `disputed money is not refunded, unless the dispute was won`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let payment = try await shop.paid()
            let reference = try #require(payment.names.reference)
            let early = try await shop.act(reference, #"{"action": "win_dispute"}"#)
            #expect(early.status == 404 && early.text("code") == "resource_missing")
            #expect(early.text("detail") == "no such open dispute")
            #expect(try await shop.act(reference, #"{"action": "dispute", "amount": 2000}"#).status == 409)
            #expect(try await shop.act(reference, #"{"action": "dispute", "amount": 1000}"#).status == 200)
            #expect(await refusal { try await shop.refund(1_000, of: payment) } == "amount_too_large")
            _ = try await shop.refund(999, of: payment, id: 2)
            #expect(try await shop.act(reference, #"{"action": "dispute"}"#).status == 409)
            #expect(try await shop.act(reference, #"{"action": "win_dispute"}"#).status == 200)
            #expect(try await shop.act(reference, #"{"action": "dispute"}"#).status == 200)
            #expect(try await shop.act(reference, #"{"action": "review_dispute"}"#).status == 200)
            #expect(try await shop.act(reference, #"{"action": "review_dispute"}"#).status == 404)
            #expect(try await shop.act(reference, #"{"action": "lose_dispute"}"#).status == 200)
            #expect(await refusal { try await shop.refund(1, of: payment, id: 3) } == "amount_too_large")
            let notices = try await shop.events().flatMap { try shop.gateway.notices(in: $0) }
            let disputes = notices.compactMap { if case .dispute(let dispute, _, _) = $0 { dispute } else { nil } }
            #expect(disputes.map(\.status) == [.open, .won, .open, .underReview, .lost])
            #expect(disputes.map(\.amount.minorUnits) == Array(repeating: 1_000, count: 5))
            #expect(disputes.first?.dueBy == SandboxHarness.start + .days(7))
        }
    }
}
