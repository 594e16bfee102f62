import Commerce
import HTTPTypes
import Payments
import Primitives
import SQL
import Web

/// The endpoints of the payment methods that gateways keep for users.
struct PaymentMethodRoutes: Sendable {
    let flow: PaymentFlow

    var group: EndpointGroup {
        EndpointGroup(
            "Payment methods", "Methods that gateways keep for users: numbers of cards never reach the shop.",
            [
                Endpoint(
                    .get, "/api/payment-methods/", "Lists the caller's saved payment methods, the default first.",
                    access: .user, use: list),
                Endpoint(
                    .post, "/api/payment-methods/setup/",
                    "Returns the secret with which the browser hands a method to the gateway.", access: .user,
                    use: setUp
                ).refusing(.conflict, .serviceUnavailable),
                Endpoint(
                    .post, "/api/payment-methods/", "Saves a method that the gateway has been handed.",
                    access: .user, status: .created, use: save
                ).leased().refusing(.conflict, .serviceUnavailable),
                Endpoint(
                    .delete, "/api/payment-methods/{id}/", "Deletes a saved method, at its gateway too.",
                    access: .user, status: .noContent, use: delete
                ).refusing(.notFound, .conflict, .serviceUnavailable),
            ])
    }

    private func list(_ call: APIRequest, _: NoInput) async throws -> [SavedMethodBody] {
        let user = try call.caller().userID
        return try await flow.database.read { try flow.payments.methods(of: user, in: $0) }.map(SavedMethodBody.init)
    }

    private func setUp(_ call: APIRequest, _ input: SetupInput) async throws -> SetupBody {
        let caller = try call.caller()
        let vault = try await flow.vault(input.gateway)
        let customer = try await flow.customer(caller.userID, at: vault)
        let key = "kontor-setup-" + flow.checkout.random.token(byteCount: 12)
        return SetupBody(
            clientSecret: try await vault.setUp(customer: customer, key: key), publicKey: vault.publicKey)
    }

    private func save(_ call: APIRequest, _ input: SaveMethodInput) async throws -> SavedMethodBody {
        let saved = try await flow.saveMethod(
            input.gatewayMethod, of: call.caller().userID, at: input.gateway, isDefault: input.isDefault, call)
        return SavedMethodBody(saved)
    }

    private func delete(_ call: APIRequest, _: NoInput) async throws -> NoContent {
        try await flow.deleteMethod(call.id("id"), of: call.caller().userID, call)
        return NoContent()
    }
}

/// The gateway at which a method is to be saved.
struct SetupInput: Input {
    let gateway: GatewayCode

    init(_ fields: Fields) {
        gateway = fields.choice("gateway")
    }
}

/// A method that the browser has handed to a gateway.
struct SaveMethodInput: Input {
    let gateway: GatewayCode
    let gatewayMethod: String
    let isDefault: Bool?

    init(_ fields: Fields) {
        gateway = fields.choice("gateway")
        gatewayMethod = fields.string("gateway_payment_method_id", length: 1...100)
        isDefault = fields.optionalBoolean("is_default")
    }
}

/// What the browser needs to hand a method to its gateway.
struct SetupBody: ResponseBody {
    let clientSecret: String
    let publicKey: String?
}
