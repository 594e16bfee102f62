import Commerce
import Primitives
import SQL

/// What is kept of users' payment methods: never more than may be shown.
extension PaymentService {
    /// Returns the id of a user at a gateway; nil where the gateway does not know them.
    ///
    /// - Throws: `SQLError`.
    public func customer(_ user: UserID, at gateway: GatewayCode, in connection: Connection) throws -> String? {
        try SavedMethodQueries.customer(user, at: gateway, connection)
    }

    /// Returns the key under which a gateway makes a user its customer: another one in each installation, since several may share an
    /// account.
    public func customerKey(_ user: UserID) -> String {
        "kontor-customer-" + Hex.encode(Digest.sha256(customerSeed + Array("\(user)".utf8)).prefix(16))
    }

    /// Stores the id of a user at a gateway, unless another request has stored one, and returns what is stored.
    ///
    /// - Throws: `SQLError`.
    public func store(
        customer: String, of user: UserID, at gateway: GatewayCode, in tx: Transaction
    ) throws -> String {
        try SavedMethodQueries.insert(customer: customer, of: user, at: gateway, tx)
        return try SavedMethodQueries.customer(user, at: gateway, tx) ?? customer
    }

    /// Returns a method of a user; nil where they have none of that id.
    ///
    /// - Throws: `SQLError`.
    public func method(_ id: SavedMethodID, of user: UserID, in connection: Connection) throws -> SavedMethod? {
        try SavedMethodQueries.find(id, of: user, connection)
    }

    /// Returns a user's methods, the default first.
    ///
    /// - Throws: `SQLError`.
    public func methods(of user: UserID, in connection: Connection) throws -> [SavedMethod] {
        try SavedMethodQueries.methods(of: user, connection)
    }

    /// Saves what may be shown of a method; the first of a user is the default, unless said. The same one twice is one.
    ///
    /// - Throws: `ValidationError` where it is somebody else's, `SQLError`.
    public func save(
        _ method: GatewayMethod, of user: UserID, customer: String, at gateway: GatewayCode, isDefault: Bool?,
        in tx: Transaction
    ) throws -> SavedMethod {
        var saved = try SavedMethodQueries.find(gatewayMethod: method.id, at: gateway, tx) ?? SavedMethod()
        if saved.id == SavedMethodID(0) {
            saved.take(method, of: user, customer: customer, at: gateway)
            saved.createdAt = time.now
            saved.isDefault = try SavedMethodQueries.methods(of: user, tx).isEmpty
            saved = try inserted(saved, tx)
        }
        guard saved.user == user else {
            throw ValidationError("gateway_payment_method_id", "The gateway has no such method of yours.")
        }
        if isDefault == true || saved.isDefault {
            try SavedMethodQueries.setDefault(saved.id, of: user, tx)
            saved.isDefault = true
        }
        return saved
    }

    /// Inserts a method, or returns the row that another transaction has made of it.
    private func inserted(_ method: SavedMethod, _ tx: Transaction) throws -> SavedMethod {
        var saved = method
        do {
            saved.id = try tx.savepoint { try SavedMethodQueries.insert(method, $0) }
            return saved
        } catch let error as SQLError where error.kind == .unique {
            guard
                let other = try SavedMethodQueries.find(
                    gatewayMethod: method.gatewayMethod, at: method.gateway, tx)
            else { throw error }
            return other
        }
    }

    /// Deletes a method; after the default the newest of the others is the default.
    ///
    /// - Throws: `SQLError`.
    public func delete(_ method: SavedMethod, in tx: Transaction) throws {
        try SavedMethodQueries.delete(method.id, tx)
        guard method.isDefault, let next = try SavedMethodQueries.methods(of: method.user, tx).first else { return }
        try SavedMethodQueries.setDefault(next.id, of: method.user, tx)
    }
}

extension SavedMethod {
    fileprivate mutating func take(
        _ method: GatewayMethod, of user: UserID, customer: String, at gateway: GatewayCode
    ) {
        self.user = user
        self.gateway = gateway
        self.customer = customer
        type = PaymentService.cut(method.type, to: 20)
        last4 = PaymentService.cut(method.last4, to: 4)
        brand = PaymentService.cut(method.brand, to: 30)
        expiryMonth = method.expiryMonth
        expiryYear = method.expiryYear
        gatewayMethod = method.id
    }
}
