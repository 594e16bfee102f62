import Commerce
import Primitives
import SQL

extension SandboxGateway {
    /// Makes a customer; the sandbox keeps nothing of the person.
    ///
    /// - Throws: `GatewayError.refused`, `.unavailable`.
    public func createCustomer(email: String, user: UserID, key: String) async throws -> String {
        let object = try await written { try provider.createCustomer(of: user.rawValue, key: key, $0) }
        return try reading.text("id", of: object)
    }

    /// Returns the secret under which `POST /sandbox/setups/{secret}/` saves a test card.
    ///
    /// - Throws: `GatewayError.refused` where there is no such customer, `.unavailable`.
    public func setUp(customer: String, key: String) async throws -> String {
        try reading.text("client_secret", of: try await written { try provider.setUp(customer, key: key, $0) })
    }

    /// Returns a saved test card; nil where the customer has none of that id, or no longer.
    ///
    /// - Throws: `GatewayError.unavailable`.
    public func method(_ id: String, of customer: String) async throws -> GatewayMethod? {
        let found = try await reachable {
            try await database.read { try SandboxMethodQueries.find(id, of: customer, $0) }
        }
        return found.map {
            GatewayMethod(
                id: $0.reference, type: "card", last4: $0.card.last4, brand: $0.card.brand, expiryMonth: 12,
                expiryYear: $0.expiryYear)
        }
    }

    /// Makes the sandbox forget a method.
    ///
    /// - Throws: `GatewayError.refused` where it has none of that id, `.unavailable`.
    public func detach(_ id: String) async throws { try await written { try provider.detach(id, $0) } }

    /// Makes the sandbox forget a customer and all methods.
    ///
    /// - Throws: `GatewayError.unavailable`.
    public func deleteCustomer(_ id: String) async throws {
        try await written { try SandboxMethodQueries.deleteCustomer(id, $0) }
    }
}
