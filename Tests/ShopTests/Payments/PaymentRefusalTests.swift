import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

@Suite(.timeLimit(.minutes(10)))
struct PaymentRefusalTests {
    /// Runs `body` with a shop whose sandbox tells nothing by itself, so that nothing changes but by requests.
    private static func withQuietShop(
        _ backend: Backend, settings: [String: String] = [:],
        _ body: @escaping @Sendable (TestAccounts, CommerceFixture) async throws -> Void
    ) async throws {
        let all = PaymentsTable.settings.merging(settings) { $1 }
        try await withShop(backend, settings: all) { stand in
            let cast = try await TestAccounts(stand)
            let quiet = try await cast.admin.send("PUT", "/sandbox/webhooks/", json: ["loss_percent": 100])
            try #require(quiet.status == 200, "\(quiet.text)")
            try await body(cast, try await CommerceFixture(cast))
        }
    }

    @Test(arguments: Backend.available)
    func `each bad input gets the answer of its row, and changes nothing`(_ backend: Backend) async throws {
        try await Self.withQuietShop(backend) { cast, world in
            for refusal in PaymentRefusal.all {
                let values = try await world.values(for: refusal.row.placeholders)
                let before = try await cast.stand.paymentState()
                let answer = try await refusal.row.send(by: cast[refusal.by], values)
                let what = "\(refusal.row.method) \(refusal.row.template) \(refusal.row.body) by \(refusal.by)"
                #expect(answer.status == refusal.status, "\(what): \(answer.text)")
                Self.expect(answer, names: refusal.reason, what)
                let after = try await cast.stand.paymentState()
                #expect(after == before, "\(what) changed \(Self.difference(before, after))")
            }
        }
    }

    private static func expect(_ answer: ProbeResponse, names reason: PaymentRefusal.Reason, _ what: String) {
        switch reason {
        case .code(let code): #expect(answer["code"]?.text == code, "\(what): \(answer.text)")
        case .field(let field):
            var found: JSONValue? = answer.json
            for name in field.split(separator: ".") { found = found?[String(name)] }
            #expect(found != nil && found != .null, "\(what): \(answer.text)")
        }
    }

    private static func difference(_ before: [String: [Int]], _ after: [String: [Int]]) -> [String] {
        before.keys.filter { before[$0] != after[$0] }.sorted()
    }

    @Test(arguments: Backend.available)
    func `a guest has no methods, and pays nobody else's order`(_ backend: Backend) async throws {
        try await Self.withQuietShop(backend) { cast, world in
            let (mine, theirs) = (
                try await PaymentPermissionTests.guestOrder(cast.stand, cast.admin, "Lamp"),
                try await world.values(for: ["card_order", "card"])
            )
            let cases: [(String, JSONValue, Int, PaymentRefusal.Reason)] = [
                (mine.id, ["save_payment_method": .bool(true)], 400, .field("save_payment_method")),
                (mine.id, ["payment_method_id": .number(theirs["card"] ?? "")], 400, .field("payment_method_id")),
                (theirs["card_order"] ?? "", [:], 404, .code("not_found")),
            ]
            for (order, more, status, reason) in cases {
                let before = try await cast.stand.paymentState()
                let wish: JSONValue = ["order_id": .number(order), "gateway": "sandbox"]
                let answer = try await cast.stand.anonymous.send(
                    "POST", "/api/payments/initiate/", headers: ["X-Order-Token": mine.token],
                    json: .object(wish.members.merging(more.members) { $1 }))
                #expect(answer.status == status, "\(answer.text)")
                Self.expect(answer, names: reason, "\(more)")
                #expect(try await cast.stand.paymentState() == before)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `webhooks without a good signature are refused by every gateway, and not stored`(
        _ backend: Backend
    ) async throws {
        let keys = [
            "STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_PUBLIC_KEY": "pk_test_1", "STRIPE_WEBHOOK_SECRET": "whsec_1",
            "PAYPAL_CLIENT_ID": "id", "PAYPAL_SECRET": "secret", "PAYPAL_WEBHOOK_ID": "WH-1",
            "RAZORPAY_KEY_ID": "rzp_test_1", "RAZORPAY_KEY_SECRET": "secret", "RAZORPAY_WEBHOOK_SECRET": "whsec_1",
        ]
        let forged: [String: [[String: String]]] = [
            "stripe": [[:], ["Stripe-Signature": "t=1,v1=00"], ["Stripe-Signature": "nonsense"]],
            "paypal": [[:], ["Paypal-Transmission-Sig": "AAAA", "Paypal-Transmission-Id": "1"]],
            "razorpay": [[:], ["X-Razorpay-Signature": "00"], ["X-Razorpay-Signature": ""]],
            "sandbox": [[:], ["Sandbox-Signature": "t=1,v1=00"], ["Sandbox-Signature": ""]],
        ]
        try await Self.withQuietShop(backend, settings: keys) { cast, _ in
            let before = try await cast.stand.paymentState()
            for (gateway, attempts) in forged {
                for headers in attempts {
                    for body in [#"{"id": "evt_1", "type": "x", "event": "payment.captured"}"#, "", "[]", "\u{0}"] {
                        let answer = try await cast.stand.anonymous.send(
                            "POST", "/api/payments/\(gateway)/webhook/",
                            headers: headers.merging(["Content-Type": "application/json"]) { $1 },
                            body: Array(body.utf8))
                        #expect(answer.status == 400, "\(gateway) \(headers) \(body): \(answer.text)")
                        // What is no JSON object is refused as that.
                        if body.utf8.first == UInt8(ascii: "{") {
                            #expect(answer["code"]?.text == "invalid_signature", "\(gateway): \(answer.text)")
                        }
                    }
                }
            }
            #expect(try await cast.stand.paymentState() == before)
        }
    }

    @Test(arguments: Backend.available)
    func `an old version of a gateway is not written over, and a logo has to be a picture`(
        _ backend: Backend
    ) async throws {
        try await Self.withQuietShop(backend) { cast, _ in
            let path = "/api/admin/payment-gateways/stripe/"
            let first = try await cast.admin.send("GET", path)
            let version = try #require(first["version"]?.number)
            let changed = try await cast.admin.send(
                "PATCH", path, headers: ["If-Match": "\"\(version)\""], json: ["display_order": 3])
            #expect(changed.status == 200, "\(changed.text)")
            let second = try await cast.admin.send("PATCH", path, json: ["display_order": 4])
            #expect(second.status == 200 && second["version"]?.number != version, "\(second.text)")
            let before = try await cast.stand.paymentState()
            for method in ["PATCH", "PUT"] {
                let late = try await cast.admin.send(
                    method, path, headers: ["If-Match": "\"\(version)\""], json: ["display_order": 5])
                #expect(late.status == 412, "\(late.text)")
            }
            for bytes in [Array("no picture".utf8), [], Array("<svg onload='x'/>".utf8)] {
                let answer = try await PermissionRow("POST \(path)logo/", "", .form(part: "logo", bytes))
                    .send(by: cast.admin, [:])
                #expect(answer.status == 400 && answer["logo"] != nil, "\(answer.status) \(answer.text)")
            }
            let nameless = try await PermissionRow("POST \(path)logo/", "", .form(part: "x", CommerceTable.picture))
                .send(by: cast.admin, [:])
            #expect(nameless.status == 400 && nameless["logo"] != nil, "\(nameless.text)")
            #expect(try await cast.stand.paymentState() == before)
        }
    }

    @Test(arguments: Backend.available)
    func `secrets of gateways are in no answer, in no audit and in no table as they are`(
        _ backend: Backend
    ) async throws {
        try await Self.withQuietShop(backend) { cast, _ in
            let secrets = ["secret_key": "sk_live_qxqxqxqxqxqx0001", "webhook_secret": "whsec_qxqxqxqxqxqx0002"]
            let path = "/api/admin/payment-gateways/stripe/"
            let configuration = JSONValue.object(
                secrets.mapValues { .string($0) }.merging(["public_key": "pk_live_1", "api_base": "http://localhost:9"])
                {
                    $1
                })
            let set = try await cast.admin.send("PATCH", path, json: ["configuration": configuration])
            var answers = [set]
            #expect(set.status == 200, "\(set.text)")
            answers.append(try await cast.admin.send("PUT", path, json: ["display_order": 2]))
            for read in [
                path, "/api/admin/payment-gateways/", "/api/payment-gateways/", "/api/admin/audit/?page_size=50",
            ] {
                answers.append(try await cast.admin.send("GET", read))
            }
            for answer in answers {
                #expect(answer.status == 200 && !answer.text.contains("qxqx"), "\(answer.text)")
            }
            #expect(set["configuration"]?["secret_key"]?["set"] == .bool(true), "\(set.text)")
            #expect(set["is_configured"] == .bool(true))
            let found = try await cast.stand.shop.installation.database.read {
                try TextScan.findings(of: "qxqx", $0)
            }
            #expect(found.isEmpty, "\(found)")
        }
    }
}

extension ShopHarness {
    /// The number of rows and the last change of everything that requests about payments can touch.
    func paymentState() async throws -> [String: [Int]] {
        let counted: [StaticString] = [
            "payments", "payment_operations", "refunds", "disputes", "payment_methods", "gateway_customers",
            "payment_gateways", "webhook_events", "ledger_transactions", "ledger_entries", "orders", "order_events",
            "returns", "stock_movements", "invoices", "audit_entries", "sandbox_payments", "sandbox_refunds",
            "sandbox_customers", "sandbox_setups", "sandbox_methods", "sandbox_events",
        ]
        let changed: [StaticString] = [
            "payments", "payment_operations", "refunds", "payment_gateways", "orders", "sandbox_payments",
            "sandbox_behavior",
        ]
        return try await shop.installation.database.read { connection in
            var state: [String: [Int]] = [:]
            for table in counted {
                state["\(table)", default: []].append(
                    try connection.value("SELECT COUNT(*) FROM \(Query(table))", as: Int.self) ?? 0)
            }
            for table in changed {
                state["\(table)", default: []].append(
                    try connection.value("SELECT COALESCE(MAX(updated_at), 0) FROM \(Query(table))", as: Int.self) ?? 0)
            }
            return state
        }
    }
}
