import Commerce
import HTTPTypes
import Logging
import Primitives
import SQL

/// Runs endpoints for any caller: the server, a form in a page, a test.
///
/// It finds out who calls and whether they may, counts how often, holds the caller's session until the transaction
/// ends, runs a repeated request once, writes down what staff do, and turns errors into answers. Of connections and of
/// bodies on their way in it knows nothing.
public final class EndpointRunner: Sendable {
    let access: AccessCheck
    let presence: PresenceCheck?
    let addresses: AddressRule
    let limiter: RateLimiter
    let limitsAddresses: Bool
    let reader: InputReader
    let idempotency: Idempotency
    let database: any Database
    let logger: Logger
    let time: TimeSource

    /// Creates a runner that counts requests for itself, unless it is given a limiter.
    ///
    /// `authenticate` gives the identity behind an access token or throws `AuthenticationError`. `confirm` throws it
    /// where that identity has ended since, and otherwise holds it until the transaction of an endpoint ends. `presence` asks for
    /// a fresh factor; without it, what needs one is refused.
    /// `database` holds the keys of requests that may be repeated, `secret` seals their answers.
    ///
    /// - Throws: `SettingsError`.
    public init(
        settings: WebSettings, database: any Database, secret: SecretKey,
        authenticate: @escaping @Sendable (String) async throws -> Identity,
        confirm: @escaping @Sendable (Identity, Transaction) throws -> Void = { _, _ in },
        presence: PresenceCheck? = nil, limiter: RateLimiter? = nil, logger: Logger, time: TimeSource = .machine
    ) throws {
        access = AccessCheck(authenticate: authenticate, confirm: confirm)
        self.presence = presence
        addresses = try AddressRule(settings)
        self.limiter = limiter ?? RateLimiter(time: time)
        limitsAddresses = settings.limitsAddresses
        reader = InputReader(currency: settings.currency, zone: settings.timeZone)
        idempotency = Idempotency(time: time, box: SecretBox(secret, purpose: "kept-answers"))
        self.database = database
        self.logger = logger
        self.time = time
    }

    /// Answers a call of an endpoint by `call.identity` as the server does: with a value, a refusal or a failure.
    public func answer(_ endpoint: Endpoint, _ call: APIRequest) async -> APIResponse {
        do {
            return try await run(endpoint, call)
        } catch {
            return refusal(error, endpoint, requestID: call.id)
        }
    }

    /// Runs an endpoint for `call.identity`, with the same rights and limits as a request with their token.
    ///
    /// - Throws: `AuthenticationError`, `PermissionDenied`, `Throttled`, `IdempotencyError`, what the handler throws.
    public func run(_ endpoint: Endpoint, _ call: APIRequest) async throws -> APIResponse {
        let address = ClientAddress(IPAddress(call.clientAddress))
        try countAddress(endpoint, address)
        var call = call
        call.identity = try AccessCheck.admitted(call.identity, with: AccessCheck.Credentials(call), endpoint.access)
        try check(call.identity, endpoint, address)
        return try await perform(endpoint, call)
    }

    /// Returns the answer to an error; an error of the server's own is logged and not shown to the client. An outage of the
    /// database is in the log already.
    func refusal(_ error: any Error, _ endpoint: Endpoint?, requestID: String) -> APIResponse {
        let (response, isOurs) = ErrorAnswer.response(for: error, requestID: requestID)
        if isOurs {
            logger.log(
                level: error.isOutage ? .debug : .error, "request failed",
                metadata: [
                    "request_id": "\(requestID)", "route": "\(endpoint?.template ?? "-")", "error": "\(error)",
                ])
        }
        return response
    }
}
