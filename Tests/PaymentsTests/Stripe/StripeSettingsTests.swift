import Commerce
import Payments
import Primitives
import Testing

/// The settings of an account.
@Suite struct StripeSettingsTests {
    @Test(arguments: ["secret_key", "public_key"])
    func `without both keys there is no gateway`(key: String) throws {
        let complete = try StripePeer.idle()
        #expect(complete?.code == .stripe)
        let incomplete = try StripePeer.idle([key: ""])
        #expect(incomplete?.code == nil)
    }

    @Test(arguments: [
        ("sk_test_x", true), ("rk_test_x", true), ("sk_live_x", false), ("rk_live_x", false), ("sk_12345", true),
    ])
    func `the key names the mode`(key: String, isTest: Bool) throws {
        #expect(try StripePeer.idle(["secret_key": key])?.isTest == isTest)
    }

    @Test func `the environment names every key`() {
        let settings = SettingsValues([
            "STRIPE_SECRET_KEY": "sk_test_a", "STRIPE_PUBLIC_KEY": "pk_test_a", "STRIPE_CAPTURE_METHOD": "manual",
        ])
        let configuration = GatewayConfiguration(["secret_key": "sk_row", "webhook_secret": "whsec_row"])
            .overridden(by: settings, StripeGateway.keys)
        #expect(configuration["secret_key"] == "sk_test_a" && configuration["webhook_secret"] == "whsec_row")
        #expect(configuration["capture_method"] == "manual" && configuration["public_key"] == "pk_test_a")
        #expect(
            StripeGateway.keys.map(\.name) == [
                "secret_key", "public_key", "webhook_secret", "api_base", "capture_method",
            ])
    }

    @Test func `it says what it is`() throws {
        let gateway = try #require(try StripePeer.idle())
        #expect(gateway.code == .stripe && gateway.methods == ["card"] && gateway.publicKey == "pk_test_peer")
        #expect(gateway.capturesAutomatically && gateway.keyLifetime == .hours(24))
    }
}
