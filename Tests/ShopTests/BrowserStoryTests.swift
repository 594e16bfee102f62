import AppHarness
import Primitives
import TestSupport
import Testing

/// Customers who pay in a real browser, by the keyboard alone and without a script on the page.
@Suite(.serialized) struct BrowserStoryTests {
    /// What a customer does on the page of the sandbox, and what comes of it.
    struct Story: Sendable, CustomTestStringConvertible {
        let outcome: String
        var answer = ""
        let payment: String
        /// The heading of the page where the customer opens it once more.
        let afterwards: String

        var testDescription: String { answer.isEmpty ? outcome : "\(outcome), then \(answer)" }
        var isPaid: Bool { payment == "paid" }
    }

    private static let stories = [
        Story(outcome: "pay", payment: "paid", afterwards: "This payment is complete"),
        Story(outcome: "challenge", answer: "confirm", payment: "paid", afterwards: "This payment is complete"),
        Story(outcome: "challenge", answer: "refuse", payment: "failed", afterwards: "This payment failed"),
        Story(outcome: "insufficient_funds", payment: "failed", afterwards: "This payment failed"),
        Story(outcome: "abandon", payment: "pending", afterwards: "What should become of this payment?"),
    ]

    @Test(.timeLimit(.minutes(12)))
    func `customers pay in a browser, and webhooks alone bring their orders to the same end`() async throws {
        try await withBrowsedShop { shopper, admin, back in
            for story in Self.stories {
                let order = try await shopper.place(paying: "sandbox")
                try await tell(story, of: order, shopper, back: back)
                try await expectEnd(story, of: order, shopper, admin)
            }
        }
    }

    @Test(.timeLimit(.minutes(12)))
    func `after a decline the same order is paid on a second page`() async throws {
        try await withBrowsedShop { shopper, admin, back in
            let order = try await shopper.place(paying: "sandbox")
            for story in [Self.stories[3], Self.stories[0]] {
                try await tell(story, of: order, shopper, back: back)
                try await expectEnd(story, of: order, shopper, admin)
            }
        }
    }

    /// Runs `body` with a customer and the administrator of a shop, and the page that payers come back to.
    private func withBrowsedShop(
        _ body: (_ shopper: Shopper, _ admin: HTTPProbe, _ back: String) async throws -> Void
    ) async throws {
        let storefront = try OutboundPeer("storefront_peer.py")
        let front = "http://127.0.0.1:\(storefront.greeting.port)"
        try await withStoredShop(try #require(Backend.available.first)) { database, data in
            try await ShopProcess.run(["seed", "--products", "2", "--users", "1"], over: database, data: data)
            try await ShopProcess.makeAdmin(over: database, data: data)
            let shop = try await ShopProcess(
                over: database, data: data, settings: ["SANDBOX_GATEWAY": "on", "FRONTEND_URL": front])
            let shopper = try await Shopper.signIn("user1@example.com", 1, shop.probe)
            try await body(shopper, try await shop.admin(), front + "/thanks?from=kontor#top")
            #expect(try await shop.terminate() == 0)
        }
    }

    /// Pays an order in the browser and looks at what the browser saw.
    private func tell(_ story: Story, of order: ProbeResponse, _ shopper: Shopper, back: String) async throws {
        let payment = try await shopper.initiate(try #require(order["id"]?.number), returningTo: back)
        let address = try #require(payment["next_action"]?["url"]?.text, "\(payment.text)")
        let output = try await TestPython.output(ofPeer: "browser_story.py", address, story.outcome, story.answer)
        let seen = try JSONValue(parsing: output)
        let name = try #require(payment["transaction_id"]?.text)
        let landing = back.replacing("#top", with: "&payment=\(name)#top")
        #expect(seen["landed"]?.text == landing, "\(story)")
        #expect(seen["landed_again"]?.text == landing, "\(story)")
        for fault in ["complaints", "unfocused"] { #expect(seen[fault] == .array([]), "\(story): \(fault)") }
        let hosts = Set([address, back].map(Self.host))
        #expect(Set(try #require(seen["hosts"]?.elements).compactMap(\.text)) == hosts, "\(story)")
        let pages = try #require(seen["pages"]?.elements)
        #expect(pages.count == (story.answer.isEmpty ? 2 : 3), "\(story)")
        for page in pages { expectGood(page, of: order, "\(story) \(page["name"]?.text ?? "")") }
        let last = try #require(pages.last?["text"]?.text)
        #expect(last.contains(story.afterwards), "\(story): \(last)")
    }

    /// Expects what every page owes its reader.
    private func expectGood(_ page: JSONValue, of order: ProbeResponse, _ name: String) {
        let (number, total) = (order["order_number"]?.text ?? "?", order["total"]?.text ?? "?")
        #expect(page["status"]?.number == 200, "\(name)")
        #expect(page["heading"]?.text == "\(total) USD", "\(name)")
        #expect(page["title"]?.text?.contains("\(total) USD") == true, "\(name)")
        #expect(page["text"]?.text?.contains(number) == true, "\(name)")
        #expect(page["language"]?.text == "en", "\(name)")
        #expect(page["policy"]?.text?.hasPrefix("default-src 'none'; style-src 'sha256-") == true, "\(name)")
        for fault in ["nameless", "cramped", "faint"] { #expect(page[fault] == .array([]), "\(name): \(fault)") }
    }

    /// Expects an order to end as the story does, although nobody asks about the payment: webhooks tell of it.
    private func expectEnd(
        _ story: Story, of order: ProbeResponse, _ shopper: Shopper, _ admin: HTTPProbe
    ) async throws {
        let number = try #require(order["order_number"]?.text)
        try await poll("\(story): \(story.payment)") {
            try await shopper.probe.send("GET", "/api/orders/\(number)/")["payment_status"]?.text == story.payment
        }
        let mail = "/api/admin/mailbox/?to=\(shopper.email)&search=payment+for+order+\(number)"
        let invoice = try await shopper.probe.send("GET", "/api/orders/\(number)/invoice/")
        guard story.isPaid else { return #expect(try await admin.send("GET", mail)["count"]?.number == 0) }
        let text = try await PaperReader.text(invoice.body)
        let total = try #require(order["total"]?.text)
        #expect(text.contains(number) && text.contains(total), "\(text)")
        try await poll("the mail about \(number)") { try await admin.send("GET", mail)["count"]?.number == 1 }
    }

    private static func host(_ address: String) -> String {
        address.firstMatch(of: #/^http://([^/]+)/#).map { String($0.1) } ?? ""
    }
}
