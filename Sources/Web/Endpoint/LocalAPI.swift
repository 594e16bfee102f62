import HTTPTypes
import Primitives

/// The endpoints of this process, called without a network: what pages for people stand on.
///
/// A call goes through the one runner, with the caller's rights, limits, audit and keys of repetition.
public struct LocalAPI: Sendable {
    /// One call.
    public struct Call: Sendable {
        /// The HTTP method.
        public var method: HTTPRequest.Method
        /// The path, percent-encoded.
        public var path: String
        /// The query.
        public var query: QueryItems
        /// The headers; `Content-Type` where there is a body.
        public var headers: HTTPFields
        /// The body.
        public var body: [UInt8]

        /// Creates a call without a body.
        public init(_ method: HTTPRequest.Method, _ path: String, query: QueryItems = QueryItems("")) {
            self.method = method
            self.path = path
            self.query = query
            headers = [:]
            body = []
        }

        /// Returns this call with a JSON body.
        public func sending(_ value: JSONValue) -> Call {
            var call = self
            call.body = (try? JSONBytes.encode(value)) ?? []
            call.headers[.contentType] = "application/json"
            return call
        }
    }

    private let runner: EndpointRunner
    private let router: Router
    private let bodyLimit: @Sendable (Endpoint) -> Int

    init(_ runner: EndpointRunner, _ router: Router, _ settings: WebSettings) {
        self.runner = runner
        self.router = router
        bodyLimit = { settings.bodyLimit(of: $0) }
    }

    /// Returns the endpoint that answers a path or a template; nil where none does.
    public func endpoint(_ method: HTTPRequest.Method, _ path: String) -> Endpoint? {
        find(method, path)?.0
    }

    /// Returns whether there is an endpoint for a path or a template, and this caller may call it.
    public func admits(_ identity: Identity?, _ method: HTTPRequest.Method, _ path: String) -> Bool {
        guard let endpoint = endpoint(method, path) else { return false }
        let nothing = AccessCheck.Credentials(headers: [:]) { QueryItems("") }
        return (try? AccessCheck.admitted(identity, with: nothing, endpoint.access)) != nil
            || endpoint.access == .anyone
    }

    /// Returns the answer of an endpoint to a caller, whatever it is. Of `request`, the page's own, it takes what says where it
    /// came from: address, browser, id, host.
    public func answer(_ call: Call, for request: APIRequest, as identity: Identity?) async -> APIResponse {
        if let identity { request.reader?.note(identity) }
        guard let (endpoint, parameters) = find(call.method, call.path) else {
            return APIResponse(status: .notFound)
        }
        let limit = bodyLimit(endpoint)
        guard call.body.count <= limit else {
            return runner.refusal(RequestRefusal.bodyTooLarge(limit: limit), endpoint, requestID: request.id)
        }
        var headers = call.headers
        headers[.userAgent] = request.headers[.userAgent]
        return await runner.answer(
            endpoint,
            APIRequest(
                method: call.method, path: Router.normalized(PercentEncoding.decode(call.path.utf8)),
                parameters: parameters, query: call.query, headers: headers, body: call.body, identity: identity,
                id: request.id, clientAddress: request.clientAddress, baseURL: request.baseURL))
    }

    /// Refuses staff who ask for a page from an address from which they may not act.
    ///
    /// - Throws: `PermissionDenied`.
    public func check(_ identity: Identity, for request: APIRequest) throws {
        request.reader?.note(identity)
        guard !runner.addresses.isOpenToStaff else { return }
        try runner.addresses.check(identity, at: ClientAddress(IPAddress(request.clientAddress)))
    }

    /// Returns the answer to an error of the page itself, as an endpoint's would be; one of the server's own is logged.
    public func refusal(_ error: any Error, for request: APIRequest) -> APIResponse {
        runner.refusal(error, nil, requestID: request.id)
    }

    private func find(_ method: HTTPRequest.Method, _ path: String) -> (Endpoint, [String: String])? {
        guard case .found(let route, let parameters) = router.match(method, path) else { return nil }
        return (route.endpoint, parameters)
    }
}
