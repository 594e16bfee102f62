import Commerce
import HTTPTypes
import Logging
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// What an endpoint answered.
package struct EndpointAnswer: Sendable {
    package let status: Int
    /// Null where the body is none.
    package let json: JSONValue
    package let bytes: [UInt8]
    package let headers: HTTPFields
    package let statements: Int

    package subscript(key: String) -> JSONValue? { json[key] }

    package func text(_ key: String) -> String? { json[key]?.text }

    package var items: [JSONValue] { json["items"]?.array ?? [] }

    package var results: [JSONValue] { json["results"]?.array ?? [] }

    package var id: Int64 { json["id"]?.integer ?? 0 }
}

/// An error of the server's own that a test brings about on purpose: it is answered with 500 and is no failure of the test.
package protocol ExpectedFailure: Error {}

/// Sends requests to endpoints themselves through the server's own `EndpointRunner`, without the network.
package struct EndpointCaller: Sendable {
    let router: Router
    let runner: EndpointRunner

    /// Who calls: somebody who is known, or whoever the request's token names.
    package enum Caller: Sendable {
        case known(Identity?)
        case bearer
    }

    /// Creates a caller; `authenticate` and `confirm` are those of the server. Limits by user hold, those by address
    /// where `limitsAddresses`. Owners are always present unless `presence` says otherwise.
    package init(
        _ groups: [EndpointGroup], on database: any Database, currency: Currency = .usd, limitsAddresses: Bool = false,
        authenticate: @escaping @Sendable (String) async throws -> Identity = { _ in
            throw AuthenticationError.tokenNotValid
        },
        confirm: @escaping @Sendable (Identity, Transaction) throws -> Void = { _, _ in },
        presence: @escaping PresenceCheck = { _, _, _ in }, time: TimeSource
    ) throws {
        var settings = WebSettings(currency: currency)
        settings.limitsAddresses = limitsAddresses
        runner = try EndpointRunner(
            settings: settings, database: database, secret: SecretKey("a secret of this test"),
            authenticate: authenticate, confirm: confirm, presence: presence,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, time: time)
        router = try Router(groups.flatMap { group in group.endpoints.map { Route($0, group: group.name) } })
    }

    package func call(
        _ method: HTTPRequest.Method, _ target: String, headers: HTTPFields, body: [UInt8], from address: String = "",
        by caller: Caller
    ) async throws -> EndpointAnswer {
        let parts = target.split(separator: "?", maxSplits: 1)
        guard case .found(let route, let parameters) = router.match(method, String(parts[0])) else {
            throw NotFound("no endpoint for \(method) \(target)")
        }
        let request = APIRequest(
            method: method, path: Router.normalized(String(parts[0])), parameters: parameters,
            query: QueryItems(parts.count == 2 ? parts[1] : ""), headers: headers, body: body, id: "test",
            clientAddress: address, baseURL: "http://shop.test")
        let meter = StatementMeter.current ?? StatementMeter()
        let before = meter.statements
        let response = await StatementMeter.$current.withValue(meter) {
            do {
                return try await run(route.endpoint, request, by: caller)
            } catch {
                if ErrorAnswer.response(for: error, requestID: "test").isOurs, !(error is any ExpectedFailure) {
                    Issue.record(error, "\(method) \(target)")
                }
                return runner.refusal(error, route.endpoint, requestID: "test")
            }
        }
        DocumentedAnswer.check(response, to: target, of: route.endpoint)
        let isJSON = response.headers[.contentType] == "application/json" && !response.body.isEmpty
        return EndpointAnswer(
            status: response.status.code, json: isJSON ? try JSONValue(parsing: response.body) : .null,
            bytes: response.body + response.blocks.joined(), headers: response.headers,
            statements: meter.statements - before)
    }

    private func run(
        _ endpoint: Endpoint, _ request: APIRequest, by caller: Caller
    ) async throws -> APIResponse {
        var request = request
        switch caller {
        case .known(let identity):
            request.identity = identity
            return try await runner.run(endpoint, request)
        case .bearer:
            let address = ClientAddress(IPAddress(request.clientAddress))
            request.identity = try await runner.identity(AccessCheck.Credentials(request), endpoint, at: address)
            return try await runner.perform(endpoint, request)
        }
    }

    /// Returns who may call an endpoint.
    package func access(_ method: HTTPRequest.Method, _ template: String) -> Access? {
        router.routes.first { $0.endpoint.method == method && $0.endpoint.template == template }?.endpoint.access
    }
}
