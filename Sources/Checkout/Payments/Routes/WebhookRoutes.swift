import Commerce
import HTTPTypes
import Payments
import Primitives
import Web

/// The endpoints that gateways send webhooks to.
struct WebhookRoutes: Sendable {
    private static let gateways: [GatewayCode] = [.stripe, .paypal, .razorpay, .sandbox]

    let flow: PaymentFlow

    var group: EndpointGroup {
        EndpointGroup(
            "Webhooks", "What payment gateways tell the shop, by their signatures.", Self.gateways.map(endpoint))
    }

    private func endpoint(_ code: GatewayCode) -> Endpoint {
        Endpoint(
            .post, "/api/payments/\(code.rawValue)/webhook/", "Takes webhooks of the gateway \(code.rawValue).",
            access: .anyone
        ) { (call: APIRequest, _: NoInput) in
            try await receive(call, from: code)
        }.refusing(.notFound, .badRequest, .serviceUnavailable)
    }

    private func receive(_ call: APIRequest, from code: GatewayCode) async throws -> Detail {
        let headers = call.headers.map { (name: $0.name.canonicalName, value: $0.value) }
        try await flow.receive(WebhookDelivery(body: call.body, headers: headers), from: code)
        return Detail("Received.")
    }
}
