import Commerce
import Payments
import Primitives
import SQL
import Web

/// Payment methods that gateways keep for users.
extension PaymentFlow {
    /// Returns the user at the gateway, where a wish saves or uses a method; made at the first time.
    ///
    /// - Throws: `GatewayError`, `SQLError`.
    func customer(for wish: Wish, at gateway: any PaymentGateway) async throws -> String? {
        guard wish.needsVault, let user = wish.user, let vault = gateway as? any MethodVault
        else { return nil }
        return try await customer(user, at: vault)
    }

    /// Returns the user at a gateway that keeps methods; made at the first time. Two requests at once make one: the gateway knows the key,
    /// which is this installation's alone, and both ask for the same.
    ///
    /// - Throws: `GatewayError`, `SQLError`.
    func customer(_ user: UserID, at vault: any MethodVault) async throws -> String {
        if let known = try await database.read({ try payments.customer(user, at: vault.code, in: $0) }) { return known }
        let made = try await vault.createCustomer(email: "", user: user, key: payments.customerKey(user))
        return try await database.write { try payments.store(customer: made, of: user, at: vault.code, in: $0) }
    }

    /// Returns a gateway that keeps methods and is offered.
    ///
    /// - Throws: `ValidationError` on `gateway`, `SQLError`.
    func vault(_ code: GatewayCode) async throws -> any MethodVault {
        let offered = try await database.read { try directory.offered(in: currency, $0) }
        guard let vault = offered.first(where: { $0.gateway.code == code })?.gateway as? any MethodVault else {
            throw ValidationError("gateway", "This gateway saves no payment methods.")
        }
        return vault
    }

    /// Returns the gateway's id of a saved method of the payer's.
    ///
    /// - Throws: `ValidationError` on `payment_method_id` where it is not theirs or of another gateway, `SQLError`.
    func savedMethod(
        _ id: SavedMethodID, of wish: Wish, at gateway: any PaymentGateway, _ connection: Connection
    ) throws -> String {
        guard let user = wish.user, let method = try payments.method(id, of: user, in: connection),
            method.gateway == gateway.code
        else { throw ValidationError("payment_method_id", "Invalid pk \"\(id)\" - object does not exist.") }
        return method.gatewayMethod
    }

    /// Saves a method that the browser has handed to the gateway.
    ///
    /// - Throws: `ValidationError` on `gateway_payment_method_id` where the user has none of that id there, `GatewayError`, `SQLError`.
    func saveMethod(
        _ id: String, of user: UserID, at code: GatewayCode, isDefault: Bool?, _ call: APIRequest
    ) async throws -> SavedMethod {
        let vault = try await vault(code)
        let unknown = ValidationError("gateway_payment_method_id", "The gateway has no such method of yours.")
        guard let customer = try await database.read({ try payments.customer(user, at: code, in: $0) }),
            let method = try await vault.method(id, of: customer)
        else { throw unknown }
        return try await database.write { tx in
            try call.confirmSession(in: tx)
            return try payments.save(method, of: user, customer: customer, at: code, isDefault: isDefault, in: tx)
        }
    }

    /// Takes over a method that a gateway has saved with a payment; one that is gone already is none.
    ///
    /// - Throws: `GatewayError`, `SQLError`.
    func takeOver(_ id: String, of user: UserID, at code: GatewayCode) async throws {
        guard let vault = try await gateway(code) as? any MethodVault,
            let customer = try await database.read({ try payments.customer(user, at: code, in: $0) }),
            let method = try await vault.method(id, of: customer)
        else { return }
        _ = try await database.write { tx in
            try payments.save(method, of: user, customer: customer, at: code, isDefault: nil, in: tx)
        }
    }

    /// Deletes a saved method, here and at its gateway.
    ///
    /// - Throws: `NotFound`, `GatewayError`, `SQLError`.
    func deleteMethod(_ id: SavedMethodID, of user: UserID, _ call: APIRequest) async throws {
        guard let method = try await database.read({ try payments.method(id, of: user, in: $0) }) else {
            throw NotFound()
        }
        if let vault = try await database.read({ try directory.gateway(method.gateway, in: $0) }) as? any MethodVault {
            try await vault.detach(method.gatewayMethod)
        }
        try await database.write { tx in
            try call.confirmSession(in: tx)
            try payments.delete(method, in: tx)
        }
    }
}
