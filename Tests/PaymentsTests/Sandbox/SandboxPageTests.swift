import AppHarness
import Commerce
import HTTPTypes
import Primitives
import TestSupport
import Testing

@testable import Payments

/// What payers see and what comes of their choices.
@Suite struct SandboxPageTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let outcome: String
        let isManual: Bool
        let state: PaymentState
        let reason: String
        let events: [String]

        init(
            _ outcome: String, isManual: Bool = false, _ state: PaymentState, _ events: [String], reason: String = ""
        ) {
            self.outcome = outcome
            self.isManual = isManual
            self.state = state
            self.reason = reason
            self.events = events
        }

        var testDescription: String { outcome + (isManual ? " by hand" : "") }
    }

    private static let cases = [
        Case("pay", .completed, ["payment.captured"]),
        Case("pay", isManual: true, .authorized, ["payment.authorized"]),
        Case("card_declined", .failed, ["payment.failed"], reason: "Your card was declined."),
        Case("insufficient_funds", .failed, ["payment.failed"], reason: "Your card has insufficient funds."),
        Case("expired_card", .failed, ["payment.failed"], reason: "Your card has expired."),
        Case("pay_later", .processing, ["payment.processing"]),
        Case("fail_later", .processing, ["payment.processing"]),
        Case("abandon", .pending, []),
    ]

    @Test(arguments: Backend.available)
    func `each choice ends as it says and sends the payer back to the shop`(_ backend: Backend) async throws {
        for choice in Self.cases {
            try await SandboxHarness.with(backend, isManual: choice.isManual) { shop in
                let reference = try await shop.open()
                #expect(try await shop.choose(choice.outcome, reference) == SandboxHarness.returned)
                let payment = try await shop.find(reference)
                let facts = PaymentFacts().merging(payment)
                #expect(facts.status(refunded: .zero) == choice.state, "\(choice.testDescription)")
                #expect(payment.failureReason == choice.reason)
                #expect(try await shop.eventTypes() == choice.events)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a second step is a page of its own, which confirms or refuses`(_ backend: Backend) async throws {
        for (answer, state) in [("confirm", PaymentState.completed), ("refuse", .failed)] {
            try await SandboxHarness.with(backend) { shop in
                let reference = try await shop.open()
                let path = "/sandbox/pay/\(reference)/challenge/"
                #expect(try await shop.choose("challenge", reference) == "http://pay.test" + path)
                #expect(try await shop.find(reference).nextAction == .redirect("http://pay.test" + path))
                #expect(try await shop.get(path).page.holds(text: "Confirm that it is you"))
                let sent = try await shop.form(path, "answer=\(answer)")
                #expect(sent.status == 303 && sent.headers[.location] == SandboxHarness.returned)
                let facts = PaymentFacts().merging(try await shop.find(reference))
                #expect(facts.status(refunded: .zero) == state)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `the second step shows the payment where none is asked for, and decides nothing`(
        _ backend: Backend
    ) async throws {
        try await SandboxHarness.with(backend) { shop in
            let reference = try await shop.open()
            let path = "/sandbox/pay/\(reference)/challenge/"
            #expect(try await shop.get(path).page.holds(text: "What should become of this payment?"))
            #expect(try await shop.form(path, "answer=confirm").status == 303)
            #expect(try await shop.find(reference).captured == .zero)
        }
    }

    @Test(arguments: Backend.available)
    func `a payer may go back from the second step, to choose again or to leave`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let reference = try await shop.open()
            _ = try await shop.choose("challenge", reference)
            #expect(try await shop.choose("abandon", reference) == SandboxHarness.returned)
            #expect(try await shop.choose("pay", reference) == SandboxHarness.returned)
            #expect(try await shop.eventTypes() == ["payment.requires_action", "payment.captured"])
        }
    }

    @Test(arguments: Backend.available)
    func `what is processing is decided by itself after a while`(_ backend: Backend) async throws {
        for (outcome, event) in [("pay_later", "payment.captured"), ("fail_later", "payment.failed")] {
            try await SandboxHarness.with(backend, base: "http://127.0.0.1:9") { shop in
                let reference = try await shop.open()
                _ = try await shop.choose(outcome, reference)
                try await shop.drainJobs()
                #expect(try await shop.eventTypes() == ["payment.processing"])
                shop.clock.advance(by: .seconds(11))
                try await shop.drainJobs()
                #expect(try await shop.eventTypes() == ["payment.processing", event])
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a finished payment says so, and a second click changes nothing`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let reference = try await shop.open()
            _ = try await shop.choose("pay", reference)
            #expect(try await shop.choose("card_declined", reference) == SandboxHarness.returned)
            #expect(try await shop.eventTypes() == ["payment.captured"])
            let page = try await shop.get("/sandbox/pay/\(reference)/").page
            #expect(page.holds(text: "This payment is complete") && !page.holds(text: "<form"))
            #expect(page.holds(text: "tab=pay&amp;payment=pay_1#end"))
        }
    }

    @Test func `each state that is finished has words of its own`() {
        let words: [(SandboxPayment.Status, String)] = [
            (.succeeded, "This payment is complete"), (.requiresCapture, "This payment is authorized"),
            (.failed, "This payment failed"), (.canceled, "This payment was canceled"),
            (.processing, "Your bank is at work"),
        ]
        for (status, title) in words {
            var payment = SandboxPayment()
            payment.status = status
            #expect(SandboxVerdict(payment).title == title)
        }
    }

    @Test(arguments: Backend.available)
    func `a page that nobody made is not found, and a choice that there is not is refused`(
        _ backend: Backend
    ) async throws {
        try await SandboxHarness.with(backend) { shop in
            let reference = try await shop.open()
            #expect(try await shop.get("/sandbox/pay/sbx_other/").status == 404)
            #expect(try await shop.form("/sandbox/pay/sbx_other/", "outcome=pay").status == 404)
            #expect(try await shop.form("/sandbox/pay/\(reference)/", "outcome=steal").status == 400)
            #expect(try await shop.form("/sandbox/pay/\(reference)/", "").status == 400)
            #expect(try await shop.find(reference).captured == .zero)
        }
    }

    @Test(arguments: Backend.available)
    func `nothing that comes from outside is markup on the page`(_ backend: Backend) async throws {
        // The combining mark would join the bracket to one `Character`.
        let evil = "<script>\"'&</script><\u{301}b>"
        let safe = "&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;&lt;\u{301}b&gt;"
        try await SandboxHarness.with(backend, shopName: evil) { shop in
            let address = "https://shop.test/'\"><b>?a=<i>&b='#<u>"
            let draft = try shop.draft(order: evil, to: address)
            let reference = try #require(try await shop.gateway.create(draft, key: "evil").names.reference)
            let open = try await shop.get("/sandbox/pay/\(reference)/").page
            _ = try await shop.choose("pay", reference)
            let finished = try await shop.get("/sandbox/pay/\(reference)/").page
            for page in [open, finished] {
                #expect(page.holds(text: "Order <span>\(safe)</span>"))
                #expect(page.holds(text: "<p class=\"shop\">\(safe)</p>"))
                for markup in ["<script", "<b>", "<i>", "<u>", "<\u{301}"] { #expect(!page.holds(text: markup)) }
            }
            #expect(finished.holds(text: "href=\"https://shop.test/&#39;&quot;&gt;&lt;b&gt;?a=&lt;i&gt;&amp;b=&#39;"))
        }
    }

    @Test(arguments: Backend.available)
    func `a page loads nothing, runs nothing and is not kept`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let reference = try await shop.open()
            let answer = try await shop.get("/sandbox/pay/\(reference)/")
            let digest = Base64.encode(Digest.sha256(SandboxStyle.css.utf8))
            #expect(
                answer.headers[.contentSecurityPolicy]
                    == "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; frame-ancestors 'none'; "
                    + "form-action 'self' https://shop.test")
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            #expect(answer.page.holds(text: "<style>\(SandboxStyle.css)</style>"))
            #expect(answer.page.holds(text: "<h1>19.99 EUR</h1>"))
            for part in ["<script", " style=", "src=", "<link"] { #expect(!answer.page.holds(text: part)) }
        }
    }
}

extension EndpointAnswer {
    /// The body as text.
    var page: String { String(decoding: bytes, as: UTF8.self) }
}
