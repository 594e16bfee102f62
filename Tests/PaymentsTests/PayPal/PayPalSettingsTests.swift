import Commerce
import Logging
import Outbound
import Primitives
import Testing

@testable import Payments

@Suite struct PayPalSettingsTests {
    private func settings(_ changes: [String: String] = [:]) -> PayPalSettings? {
        PayPalSettings(GatewayConfiguration(["client_id": "id", "secret": "word"].merging(changes) { $1 }))
    }

    @Test func `without a client's id or secret there is no gateway`() {
        #expect(settings() != nil)
        #expect(settings(["client_id": ""]) == nil)
        #expect(settings(["secret": ""]) == nil)
    }

    @Test(arguments: [
        ([:], "https://api-m.paypal.com", false), (["mode": "live"], "https://api-m.paypal.com", false),
        (["mode": "sandbox"], "https://api-m.sandbox.paypal.com", true),
        (["api_base": "https://api-m.sandbox.paypal.com"], "https://api-m.sandbox.paypal.com", true),
        (["api_base": "http://127.0.0.1:1"], "http://127.0.0.1:1", true),
        (["api_base": "https://proxy.example", "mode": "live"], "https://proxy.example", false),
    ])
    func `the address follows from the mode unless it is set`(values: [String: String], base: String, isTest: Bool) {
        #expect(settings(values)?.base == base)
        #expect(settings(values)?.isTest == isTest)
    }

    @Test(arguments: [
        ("https://api-m.paypal.com", ["https://api.paypal.com", "https://api-m.paypal.com"]),
        (
            "https://api-m.sandbox.paypal.com",
            ["https://api.sandbox.paypal.com", "https://api-m.sandbox.paypal.com"]
        ),
        ("http://127.0.0.1:80", ["http://127.0.0.1:80"]), ("https://proxy.example/paypal", ["https://proxy.example"]),
    ])
    func `certificates come from the API's own hosts`(base: String, origins: [String]) {
        let folders = settings(["api_base": base])?.certificateFolders
        #expect(folders == origins.map { $0 + "/v1/notifications/certs/" })
    }

    @Test func `the environment's names are those of the plan`() {
        #expect(
            PayPalGateway.keys.map(\.setting) == [
                "PAYPAL_CLIENT_ID", "PAYPAL_SECRET", "PAYPAL_WEBHOOK_ID", "PAYPAL_MODE", "PAYPAL_API_BASE",
                "PAYPAL_INTENT", "PAYPAL_CA_FILE",
            ])
        #expect(PayPalGateway.keys.filter { $0.kind == .secret }.map(\.name) == ["secret"])
    }
}
