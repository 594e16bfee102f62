import Logging
import Outbound
import Primitives

/// The way over which one gateway is called: time limits, retries, its circuit breaker, and a log without secrets.
public struct GatewayChannel: Sendable {
    /// Whether a request may be sent again when it is not known whether it was done.
    public enum Repetition: Sendable {
        /// It changes nothing, or carries a key by which the gateway recognizes it.
        case safe
        /// It would be done twice.
        case unsafe
    }

    /// The time for a whole call, retries included.
    public static let timeout = TimeSpan.seconds(25)
    private static let attempts = 3
    private static let maxAnswer = 2 << 20

    let gateway: GatewayCode
    let client: HTTPClient
    let breaker: CircuitBreaker
    let time: TimeSource
    let logger: Logger

    /// Creates a channel to a gateway; `breaker` is shared by all calls to it in this process.
    public init(
        _ gateway: GatewayCode, client: HTTPClient, breaker: CircuitBreaker, time: TimeSource, logger: Logger
    ) {
        self.gateway = gateway
        self.client = client
        self.breaker = breaker
        self.time = time
        self.logger = logger
    }

    /// Sends a request and returns its answer, if it is below 500 and not 429; others count as failures. What is safe to repeat is
    /// sent up to three times within the time limit.
    ///
    /// - Throws: `GatewayError.unavailable`; `CancellationError`.
    public func send(_ request: OutboundRequest, _ repetition: Repetition, _ operation: String) async throws
        -> OutboundResponse
    {
        guard breaker.isClosed else { throw GatewayError.unavailable("it has failed too often", isUndone: true) }
        let start = ContinuousClock.now
        var failure = GatewayError.unavailable("no attempt was made", isUndone: true)
        for attempt in 1...Self.attempts {
            let left = Self.timeout.microseconds - (ContinuousClock.now - start).microseconds
            guard left > 0 else { break }
            switch try await attemptOnce(request, repetition, within: TimeSpan(microseconds: left), operation) {
            case .success(let response):
                breaker.succeed()
                return response
            case .failure(let error): failure = error
            }
            guard attempt < Self.attempts, mayRepeat(failure, repetition) else { break }
            try await Task.sleep(for: .milliseconds(100 << attempt))
        }
        breaker.fail()
        throw failure
    }

    private func mayRepeat(_ failure: GatewayError, _ repetition: Repetition) -> Bool {
        if case .safe = repetition { return true }
        if case .unavailable(_, let isUndone) = failure { return isUndone }
        return false
    }

    private func attemptOnce(
        _ request: OutboundRequest, _ repetition: Repetition, within limit: TimeSpan, _ operation: String
    ) async throws -> Result<OutboundResponse, GatewayError> {
        var request = request
        request.timeout = limit
        if case .unsafe = repetition { request.opensConnection = true }
        request.maxResponseBytes = Self.maxAnswer
        let start = ContinuousClock.now
        do {
            let response = try await client.send(request)
            note(operation, "\(response.status)", since: start)
            switch response.status {
            case 429: return .failure(.unavailable("it takes no more requests (429)", isUndone: true))
            case 500...: return .failure(.unavailable("it answers \(response.status)", isUndone: false))
            default: return .success(response)
            }
        } catch let error as OutboundError {
            note(operation, "\(error.kind)", since: start)
            return .failure(.unavailable(error.description, isUndone: error.neverLeft))
        }
    }

    private func note(_ operation: String, _ outcome: String, since start: ContinuousClock.Instant) {
        let milliseconds = (ContinuousClock.now - start).microseconds / 1_000
        logger.debug(
            "gateway called",
            metadata: [
                "gateway": "\(gateway.rawValue)", "operation": "\(operation)", "outcome": "\(outcome)",
                "ms": .stringConvertible(milliseconds),
            ])
    }
}

extension Duration {
    /// The whole microseconds.
    fileprivate var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}

extension OutboundError {
    /// Whether the request surely had no effect: it never reached the host.
    fileprivate var neverLeft: Bool {
        switch kind {
        case .invalid, .resolve, .connect, .tls, .refusedAddress: true
        case .timeout, .tooLarge, .protocolViolation, .disconnected, .smtp, .unavailable: false
        }
    }
}
