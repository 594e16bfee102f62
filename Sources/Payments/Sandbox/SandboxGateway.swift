import Commerce
import Primitives
import SQL

/// A payment gateway of the shop's own, which needs no account and moves no money: it behaves as the real ones do, so that shops can
/// be tried, tested and shown whole. Payers are sent to its own page.
///
/// It captures by itself unless told otherwise, takes every currency, keeps 1.4 % and a quarter of the currency's unit as its fee,
/// and recognizes a key for 24 hours.
public struct SandboxGateway: MethodVault {
    /// Always `.sandbox`.
    public let code = GatewayCode.sandbox
    /// None: the browser is sent to a page.
    public let publicKey: String? = nil
    /// Always true.
    public let isTest = true
    /// Cards alone.
    public let methods = ["card"]
    /// Every currency of ISO 4217, in its own minor units.
    public let amounts = SandboxGateway.allCurrencies
    /// Whether a payment is captured once the payer has agreed.
    public let capturesAutomatically: Bool
    /// 24 hours.
    public let keyLifetime = SandboxProvider.keyLifetime

    let provider: SandboxProvider
    let database: any Database
    let signature: SandboxSignature

    /// Every code of three letters that ISO 4217 knows.
    private static let allCurrencies: GatewayAmounts = {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars.map { String($0) }
        let codes = letters.flatMap { first in letters.flatMap { second in letters.map { first + second + $0 } } }
        let known = codes.compactMap { Currency(code: $0) }
        return GatewayAmounts(
            Dictionary(uniqueKeysWithValues: known.map { ($0.code, GatewayAmounts.Rule(decimals: $0.decimals)) }))
    }()

    /// Makes a payment; with a saved method it is paid at once, else the next action is the hosted page.
    ///
    /// - Throws: `GatewayError.refused` for a currency, an amount or a return URL that is none; `.unavailable`.
    public func create(_ draft: GatewayDraft, key: String) async throws -> GatewayPayment {
        let isManual = !capturesAutomatically
        return try await payment(in: draft.currency) { try provider.create(draft, isManual: isManual, key: key, $0) }
    }

    /// Returns a payment by the sandbox's reference, else by our own id.
    ///
    /// - Throws: `GatewayError.unavailable`.
    public func find(_ names: GatewayLookup, in currency: Currency) async throws -> GatewayPayment? {
        let object = try await reachable {
            try await database.read { connection in
                let found =
                    try names.reference.map { try SandboxPaymentQueries.find($0, connection) }
                    ?? SandboxPaymentQueries.find(transactionID: names.transactionID, connection)
                return try found.map { try provider.object(of: $0, connection) }
            }
        }
        return try object.map { try reading.payment($0, in: currency) }
    }

    /// Captures an authorized payment, once.
    ///
    /// - Throws: `GatewayError.refused` where it is not authorized or the amount is more than was; `.unavailable`.
    public func capture(_ capture: GatewayCapture, key: String) async throws -> GatewayPayment {
        try await payment(in: capture.currency) { try provider.capture(capture, key: key, $0) }
    }

    /// Cancels a payment that is not captured and at which no bank is at work.
    ///
    /// - Throws: `GatewayError.refused`, `.unavailable`.
    public func void(_ names: GatewayLookup, in currency: Currency, key: String) async throws -> GatewayPayment {
        try await payment(in: currency) { try provider.void(names, key: key, $0) }
    }

    /// Refunds a part of a captured payment; refunds and disputed money together never exceed what was captured.
    ///
    /// - Throws: `GatewayError.refused`, `.unavailable`.
    public func refund(_ refund: GatewayRefundDraft, key: String) async throws -> GatewayRefund {
        try reading.refund(try await written { try provider.refund(refund, key: key, $0) }, in: refund.currency)
    }

    /// Checks the signature of a webhook and reads its head.
    ///
    /// - Throws: `GatewayError.badSignature`; `.unavailable` where the body is no event.
    public func verify(_ delivery: WebhookDelivery, at now: Timestamp) throws -> WebhookHeader {
        try signature.verify(delivery.header(SandboxSignature.header), over: delivery.body, at: now)
        return try reading.header(delivery.body)
    }

    /// Reads an event: the payment as it was, and the refund or dispute that it is about.
    ///
    /// - Throws: `GatewayError.unavailable` where it lacks what is needed.
    public func notices(in payload: JSONValue) throws -> [GatewayNotice] { try reading.notices(payload) }

    /// Lists the payments that were made in a span of time, a hundred at a time.
    ///
    /// - Throws: `GatewayError.unavailable`.
    public func list(from: Timestamp, until: Timestamp, after cursor: String?) async throws -> GatewayPage {
        let (last, limit) = (cursor.flatMap { Int64($0) } ?? 0, Self.pageSize)
        let found = try await reachable {
            try await database.read { connection in
                let rows = try SandboxPaymentQueries.list(
                    from: from, until: until, after: last, limit: limit + 1, connection)
                let page = Array(rows.prefix(limit))
                let next = rows.count > limit ? page.last.map { String($0.id) } : nil
                return (try provider.objects(of: page, connection), next)
            }
        }
        return GatewayPage(try found.0.map { try reading.payment($0) }, next: found.1)
    }

    static let pageSize = 100
}

extension SandboxGateway {
    var reading: SandboxReading { SandboxReading(amounts: amounts) }

    private func payment(
        in currency: Currency, _ work: @escaping @Sendable (Transaction) throws -> JSONValue
    ) async throws -> GatewayPayment {
        try reading.payment(try await written(work), in: currency)
    }

    func written<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await reachable { try await database.write(work) }
    }

    /// Turns failures of the database into those of a gateway that cannot be reached.
    func reachable<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error where error is GatewayError || error is CancellationError {
            throw error
        } catch {
            throw GatewayError.unavailable("the sandbox fails: \(error)", isUndone: false)
        }
    }
}
