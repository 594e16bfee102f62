import Commerce
import HTTPTypes
import Primitives
import SQL
import Testing

@testable import Web

/// What an endpoint answered.
struct EndpointAnswer: Sendable {
    let status: Int
    /// Null where the body is none.
    let json: JSONValue
    let bytes: [UInt8]
    let headers: HTTPFields
    let statements: Int

    subscript(key: String) -> JSONValue? { json[key] }

    func text(_ key: String) -> String? { json[key]?.text }

    var items: [JSONValue] { json["items"]?.array ?? [] }

    var results: [JSONValue] { json["results"]?.array ?? [] }

    var id: Int64 { json["id"]?.number ?? 0 }
}

/// Sends requests to endpoints themselves: routed, read and answered as the server does it, without the network.
struct EndpointCaller: Sendable {
    let router: Router
    let currency: Currency

    init(_ groups: [EndpointGroup], currency: Currency = .usd) throws {
        self.currency = currency
        router = try Router(groups.flatMap { group in group.endpoints.map { Route($0, group: group.name) } })
    }

    /// Who calls, by the headers of the request.
    typealias Caller = @Sendable (HTTPFields, Access) async throws -> Identity?

    func call(
        _ method: HTTPRequest.Method, _ target: String, headers: HTTPFields, body: [UInt8], from address: String = "",
        by caller: Caller
    ) async throws -> EndpointAnswer {
        let parts = target.split(separator: "?", maxSplits: 1)
        guard case .found(let route, let parameters) = router.match(method, String(parts[0])) else {
            throw NotFound("no endpoint for \(method) \(target)")
        }
        let meter = StatementMeter.current ?? StatementMeter()
        let before = meter.statements
        let response = await StatementMeter.$current.withValue(meter) {
            do {
                let request = APIRequest(
                    method: method, path: String(parts[0]), parameters: parameters,
                    query: QueryItems(parts.count == 2 ? parts[1] : ""), headers: headers, body: body,
                    identity: try await caller(headers, route.endpoint.access), clientAddress: address,
                    baseURL: "http://shop.test")
                return try await run(route.endpoint, request)
            } catch {
                let (response, isOurs) = ErrorAnswer.response(for: error, requestID: "test")
                if isOurs { Issue.record(error, "\(method) \(target)") }
                return response
            }
        }
        DocumentedAnswer.check(response, to: target, of: route.endpoint)
        let isJSON = response.headers[.contentType] == "application/json" && !response.body.isEmpty
        return EndpointAnswer(
            status: response.status.code, json: isJSON ? try JSONValue(parsing: response.body) : .null,
            bytes: response.body + response.blocks.joined(), headers: response.headers,
            statements: meter.statements - before)
    }

    private func run(_ endpoint: Endpoint, _ request: APIRequest) async throws -> APIResponse {
        let reader = InputReader(currency: currency)
        switch endpoint.work {
        case .plain(let handle): return try await handle(request, reader)
        case .transaction(let database, let prepare):
            let handle = try prepare(request, reader)
            return try await database.write { try handle($0) }
        }
    }

    /// Who may call an endpoint.
    func access(_ method: HTTPRequest.Method, _ template: String) -> Access? {
        router.routes.first { $0.endpoint.method == method && $0.endpoint.template == template }?.endpoint.access
    }
}
