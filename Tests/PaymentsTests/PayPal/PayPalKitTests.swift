import Commerce
import Primitives
import TestSupport
import Testing

@testable import Payments

/// The requests beside those of PayPal's own kit for Python.
@Suite struct PayPalKitTests {
    private let shop: PayPalShop

    init() throws { shop = try PayPalShop() }

    /// Makes an order, captures it and refunds a part; with authorization makes, authorizes and captures one, and voids another.
    private static let script = """
        import json, sys, urllib.request
        from paypalserversdk.configuration import Environment
        from paypalserversdk import configuration
        from paypalserversdk.http.auth.o_auth_2 import ClientCredentialsAuthCredentials
        from paypalserversdk.paypal_serversdk_client import PaypalServersdkClient
        from paypalserversdk.models import (amount_with_breakdown, capture_request, money, order_request, payment_source,
            paypal_wallet, paypal_wallet_experience_context, purchase_unit_request, refund_request)

        base = sys.argv[1]
        configuration.Configuration.environments[Environment.SANDBOX] = {configuration.Server.DEFAULT: base}
        client = PaypalServersdkClient(
            client_credentials_auth_credentials=ClientCredentialsAuthCredentials("test-client", "test-secret"),
            environment=Environment.SANDBOX)

        def approve(order):
            urllib.request.urlopen(base + "/_control/approve", json.dumps({"order": order}).encode()).read()

        def call(function, key, **options):
            return function(options | {"paypal_request_id": key, "prefer": "return=representation"}).body

        def create(intent, id):
            context = paypal_wallet_experience_context.PaypalWalletExperienceContext(
                return_url="https://shop.example/back", cancel_url="https://shop.example/back", user_action="PAY_NOW",
                shipping_preference="NO_SHIPPING")
            unit = purchase_unit_request.PurchaseUnitRequest(
                amount=amount_with_breakdown.AmountWithBreakdown("EUR", "10.00"), custom_id=id,
                invoice_id="K-1001-" + id, description="Order K-1001")
            order = call(client.orders.create_order, "create-" + id, body=order_request.OrderRequest(
                intent=intent, purchase_units=[unit], payment_source=payment_source.PaymentSource(
                    paypal=paypal_wallet.PaypalWallet(experience_context=context))))
            approve(order.id)
            return order.id

        def authorized(id):
            order = call(client.orders.authorize_order, "authorize-" + id, id=create("AUTHORIZE", id))
            return order.purchase_units[0].payments.authorizations[0].id

        four = money.Money("EUR", "4.00")
        captured = call(client.orders.capture_order, "capture-a1", id=create("CAPTURE", "a1"))
        call(client.payments.refund_captured_payment, "refund-7",
             capture_id=captured.purchase_units[0].payments.captures[0].id,
             body=refund_request.RefundRequest(amount=four, custom_id="a1", invoice_id="a1-r7", note_to_payer="Broken"))
        call(client.payments.capture_authorized_payment, "capture-b2", authorization_id=authorized("b2"),
             body=capture_request.CaptureRequest(amount=four, final_capture=True))
        call(client.payments.void_payment, "void-c3", authorization_id=authorized("c3"))
        """

    private func ours() async throws {
        let (capturing, authorizing) = (try shop.gateway(), try shop.gateway(["intent": "authorize"]))
        let first = try await taken("a1", "capture-a1", capturing)
        _ = try await capturing.refund(shop.refund(first, 400, reason: "Broken"), key: "refund-7")
        let second = try await taken("b2", "authorize-b2", authorizing)
        let part = GatewayCapture(
            second.names, amount: Money(minorUnits: 400), of: second.authorized, PayPalShop.euro)
        _ = try await authorizing.capture(part, key: "capture-b2")
        let third = try await taken("c3", "authorize-c3", authorizing)
        _ = try await authorizing.void(third.names, in: PayPalShop.euro, key: "void-c3")
    }

    private func taken(_ id: String, _ key: String, _ gateway: PayPalGateway) async throws -> GatewayPayment {
        let names = try await gateway.create(shop.draft(id: id), key: "create-" + id).names
        try await shop.approve(names)
        return try await gateway.capture(shop.whole(names), key: key)
    }

    /// What PayPal acts on: the kit writes some defaults out, ids differ, and its void has no content type.
    private func essence(_ shop: PayPalShop) async throws -> [[String]] {
        try await shop.requests("").map { request in
            let (fields, headers) = (PayPalFields(request), PayPalFields(request)["headers"])
            let path = (fields["target"].text ?? "").cut(at: "/").map {
                $0.utf8.count == 17 && !$0.holds("-") ? ":id" : String($0)
            }
            let names = ["accept", "prefer", "paypal-request-id"] + (path.last == "void" ? [] : ["content-type"])
            return [path.joined(separator: "/"), fields["body"].text.map(plain) ?? ""]
                + names.map { headers[$0].text ?? "" }
        }
    }

    private func plain(_ body: String) -> String {
        guard let value = try? JSONValue(parsing: body.utf8), let bytes = try? JSONBytes.encode(withoutDefaults(value))
        else { return body }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func withoutDefaults(_ value: JSONValue) -> JSONValue {
        let defaults: [String: JSONValue] = [
            "contact_preference": .string("NO_CONTACT_INFO"), "landing_page": .string("NO_PREFERENCE"),
            "payment_method_preference": .string("UNRESTRICTED"),
        ]
        return switch value {
        case .object(let members):
            .object(members.filter { defaults[$0.key] != $0.value }.mapValues(withoutDefaults))
        case .array(let elements): .array(elements.map(withoutDefaults))
        default: value
        }
    }

    @Test func `orders, captures, refunds and voids are asked for as PayPal's kit asks for them`() async throws {
        let other = try PayPalShop()
        _ = try await TestPython.output(Self.script, other.base)
        try await ours()
        let (own, kit) = (try await essence(shop), try await essence(other))
        #expect(kit.count == 10)
        #expect(own.filter { $0.first != "/v1/oauth2/token" } == kit.filter { $0.first != "/v1/oauth2/token" })
        #expect(own.first?.prefix(2) == kit.first?.prefix(2))
    }
}
