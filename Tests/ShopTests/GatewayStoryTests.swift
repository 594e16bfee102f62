import AppHarness
import Primitives
import TestSupport
import Testing

/// The real program with each vendor's gateway, whose servers the peers play: an order is paid, refunded in part, and the books agree.
@Suite(.serialized) struct GatewayStoryTests {
    /// A vendor's server and how its payer pays.
    private struct Vendor: Sendable {
        let code: String
        let http: HTTPProbe

        func control(_ name: String, _ parameters: JSONValue) async throws -> JSONValue {
            let answer = try await http.send("POST", "/_control/" + name, json: parameters)
            try #require(answer.status == 200, "\(answer.text)")
            return answer.json
        }

        /// Has the payer of a payment pay at the vendor; returns what the browser brings back.
        func pay(_ payment: ProbeResponse) async throws -> JSONValue {
            let reference = JSONValue.string(try #require(payment["gateway_transaction_id"]?.text))
            switch code {
            case "stripe": _ = try await control("confirm", ["intent": reference])
            case "paypal": _ = try await control("approve", ["order": reference])
            default:
                let made = try await control("pay", ["order": reference, "status": "authorized"])
                return ["razorpay_payment_id": made["payment"] ?? made["id"] ?? .null]
            }
            return [:]
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `an order is paid and refunded through each vendor's gateway`() async throws {
        let peers = try [
            OutboundPeer("stripe_peer.py"), OutboundPeer("paypal_peer.py", ""), OutboundPeer("razorpay_peer.py"),
        ]
        let bases = peers.map { "http://127.0.0.1:\($0.greeting.port)" }
        let vendors = zip(["stripe", "paypal", "razorpay"], peers).map {
            Vendor(code: $0, http: HTTPProbe(port: $1.greeting.port))
        }
        try await withStoredShop(try #require(Backend.available.first)) { database, data in
            try await ShopProcess.run(["seed", "--products", "2", "--users", "1"], over: database, data: data)
            try await ShopProcess.makeAdmin(over: database, data: data)
            let shop = try await ShopProcess(over: database, data: data, settings: Self.settings(bases))
            let (admin, shopper) = (
                try await shop.admin(), try await Shopper.signIn("user1@example.com", 1, shop.probe)
            )
            let gateways = try await shop.probe.send("GET", "/api/payment-gateways/")
            #expect(gateways.text.contains("\"stripe\"") && gateways.text.contains("\"razorpay\""))
            for vendor in vendors { try await story(vendor, shopper, admin) }
            let audit = try await ShopProcess.run(["verify", "ledger"], over: database, data: data)
            #expect(audit.contains("adds up"), "\(audit)")
            #expect(try await shop.terminate() == 0)
        }
    }

    private func story(_ vendor: Vendor, _ shopper: Shopper, _ admin: HTTPProbe) async throws {
        let order = try await shopper.place(paying: "card")
        let id = try #require(order["id"]?.number)
        let payment = try await shopper.probe.send(
            "POST", "/api/payments/initiate/",
            json: ["order_id": .number(String(id)), "gateway": .string(vendor.code)])
        try #require(payment.status == 201, "\(vendor.code): \(payment.text)")
        _ = try await vendor.pay(payment)
        let path = "/api/payments/\(try #require(payment["id"]?.number))/"
        let seen = try await shopper.probe.send("GET", path + "status/")
        try #require(seen["status"]?.text == "completed", "\(vendor.code): \(seen.text)")
        let number = try #require(order["order_number"]?.text)
        let paid = try await shopper.probe.send("GET", "/api/orders/\(number)/")
        #expect(paid["payment_status"]?.text == "paid", "\(vendor.code)")
        let refund = try await admin.send("POST", path + "refund/", json: ["amount": "1.00", "reason": "Scratched."])
        #expect(refund.status == 201, "\(vendor.code): \(refund.text)")
        let after = try await shopper.probe.send("GET", "/api/orders/\(number)/")
        let isOnItsWay = refund["status"]?.text == "pending"
        #expect(after["payment_status"]?.text == (isOnItsWay ? "paid" : "partially_refunded"), "\(vendor.code)")
    }

    private static func settings(_ bases: [String]) -> [String: String] {
        [
            "STRIPE_SECRET_KEY": "sk_test_peer", "STRIPE_PUBLIC_KEY": "pk_test_peer",
            "STRIPE_WEBHOOK_SECRET": "whsec_new", "STRIPE_API_BASE": bases[0], "PAYPAL_CLIENT_ID": "test-client",
            "PAYPAL_SECRET": "test-secret", "PAYPAL_WEBHOOK_ID": "8PT597110X687430LKGECATA",
            "PAYPAL_API_BASE": bases[1], "RAZORPAY_KEY_ID": "rzp_test_peer", "RAZORPAY_KEY_SECRET": "peer secret",
            "RAZORPAY_WEBHOOK_SECRET": "peer webhook secret", "RAZORPAY_API_BASE": bases[2],
        ]
    }
}
