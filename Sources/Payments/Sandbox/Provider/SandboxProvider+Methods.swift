import Primitives
import SQL

extension SandboxProvider {
    /// Makes a customer: a name for methods. Who it is stays with the shop.
    ///
    /// - Throws: `GatewayError.refused`, `SQLError`.
    func createCustomer(of user: Int64, key: String, _ tx: Transaction) throws -> JSONValue {
        try once(key, ["customer", String(user)], tx) {
            let customer = name("cus_")
            try SandboxMethodQueries.insertCustomer(customer, at: time.now, tx)
            return .object(["id": .string(customer)])
        }
    }

    /// Makes a secret with which a browser hands over one method.
    ///
    /// - Throws: `GatewayError.refused`, `SQLError`.
    func setUp(_ customer: String, key: String, _ tx: Transaction) throws -> JSONValue {
        try once(key, ["setup", customer], tx) {
            guard try SandboxMethodQueries.hasCustomer(customer, tx) else { throw SandboxRefusal.missing("customer") }
            let secret = name("seti_")
            try SandboxMethodQueries.insertSetup(secret, of: customer, at: time.now, tx)
            return .object(["client_secret": .string(secret)])
        }
    }

    /// Saves a test card for the customer of a setup and returns its reference; a second call has the first's answer.
    ///
    /// - Throws: `GatewayError.refused` where no setup has this secret, `SQLError`.
    func finishSetup(_ secret: String, _ card: SandboxCard, _ tx: Transaction) throws -> String {
        guard let setup = try SandboxMethodQueries.lockSetup(secret, tx) else { throw SandboxRefusal.missing("setup") }
        if let method = setup.method { return method }
        let method = try attach(card, to: setup.customer, tx)
        try SandboxMethodQueries.finishSetup(secret, with: method, tx)
        return method
    }

    /// Saves a test card, which expires in three years.
    func attach(_ card: SandboxCard, to customer: String, _ tx: Transaction) throws -> String {
        var method = SandboxMethod()
        method.reference = name("pm_")
        method.customer = customer
        method.card = card
        method.expiryYear = CivilDate(daysSinceEpoch: Int(time.now.seconds / 86_400)).year + 3
        try SandboxMethodQueries.insert(method, at: time.now, tx)
        return method.reference
    }

    /// Forgets a saved method.
    ///
    /// - Throws: `GatewayError.refused` where there is none, `SQLError`.
    func detach(_ reference: String, _ tx: Transaction) throws {
        guard try SandboxMethodQueries.detach(reference, at: time.now, tx) else {
            throw SandboxRefusal.missing("payment method")
        }
    }
}
