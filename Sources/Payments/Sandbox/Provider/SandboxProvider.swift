import Commerce
import Jobs
import Primitives
import SQL

/// The provider's side of the sandbox: its rules and its tables, which the shop knows only through ``SandboxGateway`` and webhooks.
///
/// All of it is transactions on the shop's own database: a call that was answered is done, with its events in the same transaction.
struct SandboxProvider: Sendable {
    /// For how long a repeated request under the same key has the same answer; Stripe keeps its keys as long.
    static let keyLifetime = TimeSpan.hours(24)
    /// For how long a bank is at work that does not answer at once.
    static let settlement = TimeSpan.seconds(10)
    /// The time in which a dispute has to be answered.
    static let evidenceTime = TimeSpan.days(7)

    let jobs: JobQueue
    /// The scheme and host of its pages, without a final slash.
    let baseURL: @Sendable () -> String
    let time: TimeSource
    let random: RandomSource

    /// Returns the address of the page of a payment, or of a step of it.
    func page(of payment: SandboxPayment) -> String {
        let step = payment.status == .requiresAction ? "challenge/" : ""
        return baseURL() + "/sandbox/pay/\(payment.reference)/" + step
    }

    /// Returns a name that nobody guesses: 192 bits.
    func name(_ prefix: String) -> String { prefix + random.token(byteCount: 24) }
}

/// The refusals of the provider, by the statuses and codes that Stripe has for them (https://docs.stripe.com/error-codes).
enum SandboxRefusal {
    static func invalid(_ code: String, _ reason: String) -> GatewayError {
        .refused(status: 400, code: code, reason)
    }

    static func missing(_ kind: String) -> GatewayError {
        .refused(status: 404, code: "resource_missing", "no such \(kind)")
    }

    static func state(_ payment: SandboxPayment) -> GatewayError {
        invalid("payment_unexpected_state", "the payment is \(payment.status.rawValue)")
    }
}

extension SandboxProvider {
    /// Does `work` once under a key: another request with it has the same answer, one with other parameters is refused.
    ///
    /// - Throws: `GatewayError.refused`, `SQLError`, and what `work` throws; the key is free again then.
    func once(
        _ key: String, _ parameters: [String], _ tx: Transaction, _ work: () throws -> JSONValue
    ) throws -> JSONValue {
        guard (1...255).contains(key.unicodeScalars.count) else {
            throw SandboxRefusal.invalid("idempotency_key_invalid", "a key has 1 to 255 characters")
        }
        let now = time.now
        let digest = Digest.hex(parameters.map { "\($0.utf8.count):\($0)" }.joined())
        try SandboxRequestQueries.expire(key, before: now - Self.keyLifetime, tx)
        guard try SandboxRequestQueries.claim(key, digest, at: now, tx) else {
            return try earlier(key, digest, tx)
        }
        let answer = try work()
        try SandboxRequestQueries.store(String(decoding: try JSONBytes.encode(answer), as: UTF8.self), of: key, tx)
        return answer
    }

    private func earlier(_ key: String, _ digest: String, _ tx: Transaction) throws -> JSONValue {
        guard let known = try SandboxRequestQueries.answer(key, tx), known.digest.isSame(as: digest) else {
            throw SandboxRefusal.invalid("idempotency_error", "the key was used with other parameters")
        }
        return try JSONValue(parsing: known.answer.utf8)
    }

    /// Returns a payment, locked until the transaction ends.
    ///
    /// - Throws: `GatewayError.refused` where there is none, `SQLError`.
    func lock(_ reference: String, _ tx: Transaction) throws -> SandboxPayment {
        guard let payment = try SandboxPaymentQueries.find(reference, lock: tx.dialect.forUpdate, tx) else {
            throw SandboxRefusal.missing("payment")
        }
        return payment
    }

    /// Returns a payment by the provider's name of it, or by the shop's; locked until the transaction ends.
    ///
    /// - Throws: `GatewayError.refused` where there is none, `SQLError`.
    func lock(_ names: GatewayLookup, _ tx: Transaction) throws -> SandboxPayment {
        if let reference = names.reference { return try lock(reference, tx) }
        guard let known = try SandboxPaymentQueries.find(transactionID: names.transactionID, tx) else {
            throw SandboxRefusal.missing("payment")
        }
        return try lock(known.reference, tx)
    }
}
