import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Outbound
import Primitives
import TestSupport
import Testing
import Web

@testable import Payments

/// Making and finding payments, the controls, and whether the sandbox is there at all.
@Suite struct SandboxGatewayTests {
    @Test(arguments: Backend.available)
    func `a payment begins on the page, under a name that is not guessed`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let payment = try await shop.gateway.create(shop.draft(), key: "k")
            let reference = try #require(payment.names.reference)
            #expect(payment.nextAction == .redirect("http://pay.test/sandbox/pay/\(reference)/"))
            #expect(reference.utf8.count == 36 && payment.names.transaction == nil)
            #expect(payment.progress == .open && payment.authorized == .zero && payment.fee == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `a payment is found by either name, and not by others`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let made = try await shop.paid()
            let (gateway, currency) = (shop.gateway, try shop.draft().currency)
            let reference = try #require(made.names.reference)
            #expect(made.names == GatewayLookup(transactionID: "pay_1", reference: reference, transaction: reference))
            #expect(try await gateway.find(GatewayLookup(transactionID: "pay_1"), in: currency) == made)
            #expect(try await gateway.find(GatewayLookup(transactionID: "pay_2"), in: currency) == nil)
            let wrong = GatewayLookup(transactionID: "pay_1", reference: "sbx_other")
            #expect(try await gateway.find(wrong, in: currency) == nil)
            let other = await refusal { try await gateway.find(made.names, in: .usd) }
            #expect(other == "gateway_unavailable")
        }
    }

    @Test(arguments: Backend.available)
    func `a draft that cannot be paid is refused`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let drafts: [(String, GatewayDraft)] = [
                ("amount_too_small", try shop.draft(0)), ("amount_too_large", try shop.draft(1_000_000_000_000)),
                ("parameter_invalid", try shop.draft(to: "javascript:alert(1)")),
                ("parameter_invalid", try shop.draft(id: "")),
                ("parameter_invalid", try shop.draft(order: String(repeating: "9", count: 101))),
            ]
            for (index, (code, draft)) in drafts.enumerated() {
                #expect(await refusal { try await shop.gateway.create(draft, key: "k\(index)") } == code)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `payments of a span of time are listed page by page`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let count = SandboxGateway.pageSize + 3
            for number in 0..<count {
                _ = try await shop.open(id: "pay_\(number)")
                shop.clock.advance(by: .seconds(1))
            }
            let (from, until) = (SandboxHarness.start + .seconds(1), SandboxHarness.start + .seconds(Int64(count) - 1))
            let first = try await shop.gateway.list(from: from, until: until, after: nil)
            let second = try await shop.gateway.list(from: from, until: until, after: first.next)
            #expect(first.payments.count == SandboxGateway.pageSize && second.next == nil)
            let ids = (first.payments + second.payments).map(\.names.transactionID)
            #expect(ids == (1..<count - 1).map { "pay_\($0)" })
        }
    }

    @Test(arguments: Backend.available)
    func `developers make happen what the state allows`(_ backend: Backend) async throws {
        let steps: [([String], Int, String)] = [
            (["pay"], 200, "succeeded"), (["authorize"], 200, "requires_capture"), (["decline"], 200, "failed"),
            (["challenge"], 200, "requires_action"), (["cancel"], 200, "canceled"),
            (["challenge", "pay"], 200, "succeeded"), (["authorize", "cancel"], 200, "canceled"),
            (["authorize", "pay"], 409, "requires_capture"), (["pay", "decline"], 409, "succeeded"),
            (["decline", "pay"], 409, "failed"), (["cancel", "pay"], 409, "canceled"),
            (["dispute"], 409, "requires_payment_method"),
        ]
        try await SandboxHarness.with(backend) { shop in
            for (index, (actions, status, state)) in steps.enumerated() {
                let reference = try await shop.open(id: "pay_\(index)")
                var last = 0
                for action in actions { last = try await shop.act(reference, #"{"action": "\#(action)"}"#).status }
                #expect(last == status, "\(actions)")
                let shown = try await shop.get("/sandbox/payments/pay_\(index)/", as: SandboxHarness.staff)
                #expect(shown.text("status") == state && shown.text("id") == reference, "\(actions)")
            }
            #expect(try await shop.act("sbx_none", #"{"action": "pay"}"#).status == 404)
            #expect(try await shop.act("pay_0", #"{"action": "explode"}"#).status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `how webhooks are sent is kept as it was set`(_ backend: Backend) async throws {
        let path = "/sandbox/webhooks/"
        let plain = #"{"delay_seconds":0,"duplicates":0,"loss_percent":0,"shuffled":false,"holds_refunds":false}"#
        let other = #"{"delay_seconds":9,"duplicates":1,"loss_percent":2,"shuffled":true,"holds_refunds":true}"#
        try await SandboxHarness.with(backend) { shop in
            var pages: [String] = []
            for body in ["", other, "", "{}", ""] {
                let answer =
                    try await body.isEmpty
                    ? shop.get(path, as: SandboxHarness.staff) : shop.send(.put, path, body)
                pages.append(answer.page)
            }
            #expect(pages == [plain, other, other, plain, plain])
            let refused = try await shop.send(.put, path, #"{"loss_percent": 101}"#)
            #expect(refused.status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `payers need no login, and controls are for staff`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            for endpoint in shop.sandbox.endpoints.flatMap(\.endpoints) {
                let isControl =
                    endpoint.template.begins(with: "/sandbox/payments/")
                    || endpoint.template.begins(with: "/sandbox/webhooks/")
                #expect(endpoint.access == (isControl ? .staff("payments.edit") : .anyone), "\(endpoint.template)")
            }
        }
    }

    @Test(
        arguments: [
            (nil, false, false), (nil, true, true), ("on", false, true), ("off", true, false),
        ] as [(String?, Bool, Bool)])
    func `the setting goes before where the shop runs`(_ text: String?, _ fallback: Bool, _ isOn: Bool) throws {
        let settings = SettingsValues(text.map { ["SANDBOX_GATEWAY": $0] } ?? [:])
        #expect(try Sandbox.isOn(settings, or: fallback) == isOn)
    }

    @Test func `a setting that is neither is refused`() {
        #expect(throws: SettingsError.self) { try Sandbox.isOn(SettingsValues(["SANDBOX_GATEWAY": "maybe"]), or: true) }
    }

    @Test func `a sandbox that is off has no pages and no controls, but ends its jobs`() async throws {
        try await withDatabase(.sqlite) { database in
            let sandbox = Sandbox(
                database: database, jobs: JobQueue(database),
                client: HTTPClient(threads: try TransferThreads(count: 1)), secret: SecretKey("s"), shopName: "Kontor",
                baseURL: { "http://pay.test" }, isOn: false)
            #expect(sandbox.endpoints.isEmpty && sandbox.jobs.count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `every currency is taken in its own units`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let amounts = shop.gateway.amounts
            #expect(Set(["EUR", "JPY", "KWD", "ZWG"]).isSubset(of: amounts.currencies))
            for code in amounts.currencies {
                let currency = try #require(Currency(code: code))
                #expect(amounts.units(Money(minorUnits: 1_234), currency) == 1_234)
            }
        }
    }
}
