import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The controls of the sandbox: what developers and tests make happen at the provider, and how it tells the shop.
struct SandboxControlRoutes: Sendable {
    static let permission = "payments.edit"

    let database: any Database
    let provider: SandboxProvider

    /// A saved test card, by the reference under which it is paid with.
    struct MethodBody: ResponseBody {
        let method: String
    }

    var group: EndpointGroup {
        EndpointGroup(
            "Sandbox",
            [
                Endpoint(
                    .get, "/sandbox/payments/{reference}/",
                    "Shows a payment as the sandbox has it, by its reference or its transaction id.",
                    access: .staff(Self.permission), use: show
                ).refusing(.notFound),
                Endpoint(
                    .post, "/sandbox/payments/{reference}/", "Makes something happen to a payment at the sandbox.",
                    access: .staff(Self.permission), in: database, use: act
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .get, "/sandbox/webhooks/", "Shows how the sandbox sends its webhooks.",
                    access: .staff(Self.permission), use: showBehavior),
                Endpoint(
                    .put, "/sandbox/webhooks/", "Sets how the sandbox sends its webhooks and settles refunds.",
                    access: .staff(Self.permission), in: database, use: setBehavior),
                Endpoint(
                    .post, "/sandbox/setups/{secret}/",
                    "Saves a test card for the customer to whom the secret was given, as a browser would.",
                    access: .anyone, status: .created, in: database, use: saveMethod
                ).refusing(.notFound),
            ])
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> JSONValue {
        let name = try call.text("reference")
        return try await database.read { connection in
            guard let payment = try find(name, connection) else { throw NotFound() }
            return try provider.object(of: payment, connection)
        }
    }

    private func act(_ call: APIRequest, _ input: SandboxCommand, _ tx: Transaction) throws -> JSONValue {
        guard let known = try find(call.text("reference"), tx) else { throw NotFound() }
        var payment = try provider.lock(known.reference, tx)
        if call.audit != nil { try call.recordBefore(provider.object(of: payment, tx)) }
        try told { try provider.obey(input, &payment, tx) }
        return try provider.object(of: payment, tx)
    }

    /// Tells developers why the provider refuses, which the shop's customers are not told.
    private func told<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch GatewayError.refused(let status, let code, let reason) {
            throw SandboxControlError(kind: status == 404 ? .notFound : .conflict, code: code, message: reason)
        }
    }

    private func find(_ name: String, _ connection: Connection) throws -> SandboxPayment? {
        try SandboxPaymentQueries.find(name, connection)
            ?? SandboxPaymentQueries.find(transactionID: name, connection)
    }

    private func showBehavior(_ call: APIRequest, _: NoInput) async throws -> SandboxBehavior {
        try await database.read { try SandboxEventQueries.behavior($0) }
    }

    private func setBehavior(
        _ call: APIRequest, _ input: SandboxBehaviorInput, _ tx: Transaction
    ) throws -> SandboxBehavior {
        if call.audit != nil { try call.recordBefore(SandboxEventQueries.behavior(tx)) }
        try SandboxEventQueries.store(input.behavior, at: provider.time.now, tx)
        return input.behavior
    }

    private func saveMethod(_ call: APIRequest, _ input: SandboxCardInput, _ tx: Transaction) throws -> MethodBody {
        try told { MethodBody(method: try provider.finishSetup(call.text("secret"), input.card, tx)) }
    }
}

/// A refusal of what a developer wants to happen, with the provider's own code and reason.
struct SandboxControlError: BusinessError, Equatable {
    let kind: ErrorKind
    let code: String
    let message: String
}

/// A test card to save.
struct SandboxCardInput: Input {
    let card: SandboxCard
    init(_ fields: Fields) { card = fields.choice("card", .optional(.visa)) }
}

/// How the sandbox is to send its webhooks; what is left out is as it was at first.
struct SandboxBehaviorInput: Input {
    let behavior: SandboxBehavior

    init(_ fields: Fields) {
        var behavior = SandboxBehavior()
        behavior.delaySeconds = fields.integer("delay_seconds", .optional(0), in: 0...86_400)
        behavior.duplicates = fields.integer("duplicates", .optional(0), in: 0...10)
        behavior.lossPercent = fields.integer("loss_percent", .optional(0), in: 0...100)
        behavior.shuffled = fields.boolean("shuffled", .optional(false))
        behavior.holdsRefunds = fields.boolean("holds_refunds", .optional(false))
        self.behavior = behavior
    }
}
