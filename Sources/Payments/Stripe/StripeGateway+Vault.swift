import Commerce
import Primitives

extension StripeGateway {
    /// Makes a customer (https://docs.stripe.com/api/customers/create) and returns its id: `cus_…`.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func createCustomer(email: String, user: UserID, key: String) async throws -> String {
        let form = StripeForm(["email": email.isEmpty ? nil : email, StripeMetadata.userID.parameter: user.description])
        let customer = try await api.post("customers", form, key: key, as: "customer", "create customer")
        guard let id = customer.text("id") else { throw StripeReader.incomplete }
        return id
    }

    /// Makes a SetupIntent (https://docs.stripe.com/api/setup_intents/create) for later payments off session, and
    /// returns its client secret.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func setUp(customer: String, key: String) async throws -> String {
        let form = StripeForm(["customer": customer, "usage": "off_session"])
        let intent = try await api.post("setup_intents", form, key: key, as: "setup_intent", "set up")
        guard let secret = intent.text("client_secret") else { throw StripeReader.incomplete }
        return secret
    }

    /// Returns what may be shown of a PaymentMethod; nil where it does not exist or is attached to another customer
    /// or none.
    ///
    /// - Throws: `GatewayError.unsupported` for one that is neither a card nor a bank account; `GatewayError`,
    ///   `CancellationError`.
    public func method(_ id: String, of customer: String) async throws -> GatewayMethod? {
        guard Self.isID(id),
            let method = try await api.getIfAny("payment_methods/\(id)", as: "payment_method", "method"),
            method.reference("customer") == customer
        else { return nil }
        return try described(method)
    }

    private func described(_ method: StripeObject) throws(GatewayError) -> GatewayMethod {
        guard let id = method.text("id"), let type = method.text("type"), let details = method.object(type) else {
            throw StripeReader.incomplete
        }
        guard type == "card" || Self.bankAccounts.contains(type) else {
            throw GatewayError.unsupported("Methods of this kind cannot be saved.")
        }
        return GatewayMethod(
            id: id, type: type == "card" ? "card" : "bank_account", last4: details.text("last4") ?? "",
            brand: details.text("brand") ?? details.text("bank_name") ?? "",
            expiryMonth: details.number("exp_month").map { Int($0) },
            expiryYear: details.number("exp_year").map { Int($0) })
    }

    /// The types of PaymentMethods that are accounts at a bank and have a `last4`.
    private static let bankAccounts: Set<String> = [
        "acss_debit", "au_becs_debit", "bacs_debit", "nz_bank_account", "sepa_debit", "us_bank_account",
    ]

    /// Deletes a customer with all PaymentMethods (https://docs.stripe.com/api/customers/delete). One that does not exist counts as
    /// forgotten.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func deleteCustomer(_ id: String) async throws {
        guard Self.isID(id) else { return }
        try await api.deleteIfAny("customers/\(id)", as: "customer", "delete customer")
    }

    /// Detaches a PaymentMethod for good, which can be done only once: its key is made of its id. One that does not
    /// exist counts as forgotten.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func detach(_ id: String) async throws {
        guard Self.isID(id) else { return }
        let path = "payment_methods/\(id)/detach"
        let outcome = try await api.attempt(path, StripeForm(), key: "detach-\(id)", as: "payment_method", "detach")
        if case .failure(let refusal) = outcome, refusal.status != 404 { throw refusal.gatewayError }
    }
}
