import Commerce
import HTTPTypes
import Primitives
import SQL

/// The steps around an endpoint's handler.
extension EndpointRunner {
    /// Runs the handler for a caller who may, once for each `Idempotency-Key`, and writes down what staff do by it.
    ///
    /// - Throws: `IdempotencyError`, what reading the input and the handler throw.
    func perform(_ endpoint: Endpoint, _ call: APIRequest) async throws -> APIResponse {
        let key = endpoint.idempotency == .none ? nil : try IdempotencyKey(of: call, endpoint.access)
        let call = holding(call.audited(endpoint))
        switch endpoint.work {
        case .transaction(let database, let prepare):
            let work = confirmed(audited(try prepare(call, reader), call.audit), call)
            guard let key else { return try await database.write(work) }
            guard endpoint.idempotency == .lease else {
                return try await idempotency.once(key, in: database, work)
            }
            return try await idempotency.leased(key, in: self.database) { try await database.write(work) }
        case .plain(let handler):
            guard let key else { return try await audited(call, handler) }
            return try await idempotency.leased(key, in: database) { try await audited(call, handler) }
        }
    }

    /// Returns a transaction of a caller who is still who they were when the request came: nothing is written after an
    /// account has ended.
    private func confirmed(
        _ work: @escaping @Sendable (Transaction) throws -> APIResponse, _ call: APIRequest
    ) -> @Sendable (Transaction) throws -> APIResponse {
        guard call.identity != nil else { return work }
        return { tx in
            try call.confirmSession(in: tx)
            return try work(tx)
        }
    }

    /// Returns a request whose handler can hold its caller's session.
    private func holding(_ call: APIRequest) -> APIRequest {
        guard let identity = call.identity else { return call }
        let confirm = access.confirm
        var call = call
        call.presenceCheck = presence
        call.sessionConfirmation = { tx in try confirm(identity, tx) }
        return call
    }

    private func audited(
        _ work: @escaping @Sendable (Transaction) throws -> APIResponse, _ audit: AuditTrail?
    ) -> @Sendable (Transaction) throws -> APIResponse {
        guard let audit else { return work }
        let time = time
        return { tx in
            audit.begin()
            let response = try work(tx)
            try audit.write(response, at: time.now, in: tx)
            return response
        }
    }

    private func audited(
        _ call: APIRequest, _ handler: (APIRequest, InputReader) async throws -> APIResponse
    ) async throws -> APIResponse {
        let response = try await handler(call, reader)
        if let audit = call.audit, audit.isDue(response) {
            let now = time.now
            try await database.write { try audit.write(response, at: now, in: $0) }
        }
        return response
    }
}
