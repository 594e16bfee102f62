import AdminPages
import AppHarness
import Primitives
import TestSupport
import Testing

@testable import Admin

/// What the shop refuses, read by staff in German.
@Suite(.timeLimit(.minutes(10)))
struct GermanRefusalTests {
    /// A call that is refused: `{name}` in its path is the key of a row of that screen.
    struct Call: Sendable, CustomTestStringConvertible {
        let method: String
        let path: String
        let body: String

        init(_ method: String, _ path: String, _ body: String = "") {
            self.method = method
            self.path = path
            self.body = body
        }

        var testDescription: String { "\(method) \(path) \(body)" }
    }

    private static let catalog = [
        Call("POST", "/api/categories/", #"{"name": "", "slug": "No Slug", "parent": 999999999}"#),
        Call("POST", "/api/products/", #"{"name": "x", "sku": "", "price": "-1", "category": 999999999}"#),
        Call("POST", "/api/products/", #"{"name": 5, "price": "1.2345", "tax_class": "none", "is_active": "perhaps"}"#),
        Call("POST", "/api/admin/tax-rates/", #"{"name": "x", "country": "Germany", "rate": "19"}"#),
        Call(
            "POST", "/api/admin/shipping-methods/",
            #"{"code": "a b", "name": "x", "countries": ["XX"], "states": ["CA"], "price": "much"}"#),
        Call(
            "POST", "/api/admin/coupons/",
            #"{"code": "a b", "discount_type": "percentage", "discount_value": "200"}"#),
        Call(
            "POST", "/api/admin/coupons/",
            #"{"code": "SPRING", "discount_type": "fixed", "discount_value": "5", "applicable_to": "specific_products", "#
                + #""valid_from": "2030-01-02", "valid_until": "2030-01-01"}"#),
        Call("POST", "/api/reviews/{reviews}/respond/", #"{"response_text": ""}"#),
    ]

    private static let stock = [
        Call("POST", "/api/inventory/warehouses/", #"{"code": "", "name": "x", "priority": -1, "country": "Germany"}"#),
        Call("POST", "/api/inventory/stock/adjust/", #"{"product_id": 999999999, "quantity": 0}"#),
        Call(
            "POST", "/api/inventory/stock/transfer/",
            #"{"product_id": 999999999, "from_warehouse_id": 999999999, "to_warehouse_id": 999999999, "quantity": 1}"#),
        Call("POST", "/api/inventory/receipts/", #"{"reference": "R", "lines": []}"#),
        Call("POST", "/api/inventory/receipts/", #"{"reference": "R", "lines": [{"sku": "nowhere", "quantity": 1}]}"#),
    ]

    private static let sales = [
        Call("GET", "/api/admin/orders/?page=99999"),
        Call("GET", "/api/admin/orders/?status=lost&from=yesterday"),
        Call("GET", "/api/admin/orders/999999999/"),
        Call("PUT", "/api/admin/orders/{orders}/status/", #"{"status": "pending"}"#),
        Call("POST", "/api/admin/orders/{orders}/payment/", #"{"amount": "0.01"}"#),
        Call(
            "POST", "/api/admin/orders/{orders}/shipments/",
            #"{"carrier": "", "items": [{"order_item_id": 999999999, "quantity": 0}]}"#),
        Call("POST", "/api/admin/orders/{orders}/returns/", #"{"items": []}"#),
        Call("POST", "/api/admin/orders/{orders}/notes/", #"{"text": ""}"#),
        Call("POST", "/api/admin/payments/{payments}/capture/", #"{"amount": "999999.00"}"#),
        Call("POST", "/api/admin/payments/{payments}/refund/", #"{"amount": "999999.00", "reason": "x"}"#),
    ]

    private static let people = [
        Call("POST", "/api/admin/groups/", #"{"name": "", "permissions": ["nothing.edit"]}"#),
        Call("POST", "/api/admin/staff/", #"{"email": "nobody", "role": "boss"}"#),
        Call("POST", "/api/admin/vendors/", #"{"name": "", "user": 999999999}"#),
        Call("PUT", "/api/admin/vendors/{vendors}/reject/", "{}"),
        Call("POST", "/api/admin/vendors/{vendors}/adjustments/", #"{"amount": "0", "reason": ""}"#),
        Call("POST", "/api/admin/commission-rules/", #"{"rate": "12"}"#),
        Call("GET", "/api/admin/payouts/export/?format=pain.001"),
    ]

    private static let system = [
        Call("POST", "/api/admin/webhooks/", #"{"url": "ftp://receiver.example.com/", "topics": []}"#),
        Call("POST", "/api/admin/webhooks/", ##"{"url": "https://receiver.example.com/#f", "topics": ["x.y"]}"##),
        Call("POST", "/api/admin/webhook-deliveries/replay/", #"{"from": "2030-01-02", "until": "2030-01-01"}"#),
        Call("POST", "/api/admin/suppressions/", #"{"email": "nobody"}"#),
        Call("POST", "/api/admin/suppressions/", "{"),
    ]

    @Test func `each refusal of an endpoint has German words`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let keys = try await Self.keys(in: world)
            for call in Self.catalog + Self.stock + Self.sales + Self.people + Self.system {
                let path = keys.reduce(call.path) { $0.replacing("{\($1.key)}", with: $1.value) }
                let answer = try await world.cast.admin.send(
                    call.method, path, headers: ["Content-Type": "application/json"],
                    body: call.body.isEmpty ? nil : Array(call.body.utf8))
                #expect((400..<500).contains(answer.status), "\(call.testDescription): \(answer.status)")
                let sentences =
                    answer["detail"]?.text.map { [$0] }
                    ?? FormErrors.sentences(answer.json, at: "").map { _, sentence in sentence }
                #expect(!sentences.isEmpty, "\(call.testDescription): \(answer.text)")
                for sentence in sentences {
                    let german = Messages.text(sentence, in: .german)
                    #expect(german != sentence && Self.isGerman(german), "\(call.testDescription): \(german)")
                }
            }
        }
    }

    @Test func `a form that is sent blank, or with what makes no sense, is refused in German`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let browser = world.stand.browser(language: "de")
            try await browser.signIn(ShopHarness.adminEmail)
            var count = 0
            for screen in world.screens {
                let key = try await world.key(of: screen)
                let pages = world.calls.addresses(of: screen, key: key).filter { $0.method == "GET" }.map(\.path)
                for path in pages where path.hasSuffix("/new/") || path.contains("/do/") {
                    for text in ["", "?"] {
                        let refusals = try await Self.refusals(of: path, entering: text, in: browser)
                        count += refusals.count
                        for refusal in refusals { #expect(Self.isGerman(refusal), "\(path): \(refusal)") }
                    }
                }
            }
            #expect(count > 25, "forms refuse what is not there")
        }
    }

    private static func keys(in world: AdminWorld) async throws -> [String: String] {
        var keys: [String: String] = [:]
        for name in ["orders", "payments", "reviews", "vendors"] {
            let screen = try #require(world.calls.screens[name])
            keys[name] = try await world.key(of: screen)
        }
        return keys
    }

    /// Returns what a page says against its form in which a text is entered wherever one can be.
    private static func refusals(
        of path: String, entering text: String, in browser: AdminBrowser
    ) async throws -> [String] {
        let page = try await browser.get(path).page
        guard let form = page.form(to: path), !form.isMultipart else { return [] }
        let entered = form.controls.filter { ["text", "textarea", "number", "password", "email"].contains($0.kind) }
        guard !entered.isEmpty else { return [] }
        let values = Dictionary(entered.map { ($0.name, text) }) { first, _ in first }
        return refusals(on: try await browser.submit(form, values).page)
    }

    /// The texts of a page that say what is wrong, at fields and above them.
    private static func refusals(on page: MarkupPage) -> [String] {
        var texts: [String] = []
        var within: String?
        for part in page.parts {
            switch part {
            case .open(let tag):
                let isRefusal = ["error", "problem"].contains(tag.attributes["class"] ?? "")
                if isRefusal, ["strong", "div"].contains(tag.name) { within = tag.name }
            case .close(let name): if name == within { within = nil }
            case .text(let text): if within != nil, !text.trimmed.isEmpty { texts.append(text.trimmed) }
            }
        }
        return texts
    }

    private static func isGerman(_ text: String) -> Bool {
        Set(text.lowercased().split { !$0.isLetter }.map(String.init)).isDisjoint(with: english)
    }

    /// Words that no German sentence has.
    private static let english: Set<String> = [
        "the", "this", "that", "is", "are", "not", "of", "and", "been", "must", "may", "required", "valid", "invalid",
        "enter",
        "with", "ensure", "value", "your", "cannot", "there", "than", "has", "have", "does", "field", "which",
    ]
}
