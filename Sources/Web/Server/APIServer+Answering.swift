import Commerce
import HTTPTypes
import HummingbirdCore
import NIOCore
import Primitives

extension APIServer {
    /// Answers a request, with a refusal where anything fails.
    func answer(
        _ exchange: inout Exchange, _ body: inout IncomingBody?, _ writer: borrowing ResponseWriter
    ) async -> Outgoing {
        do {
            guard exchange.path.utf8.count + exchange.query.utf8.count < Exchange.maxTarget else {
                throw RequestRefusal.targetTooLong
            }
            let match = router.match(exchange.head.method, String(exchange.path))
            if case .found(let route, let parameters) = match {
                exchange.route = route
                exchange.parameters = parameters
                if route.isPage { exchange.reader = PageReader() }
            }
            try admit(exchange)
            guard let route = exchange.route else { return try unrouted(match, exchange) }
            let identity = try await identity(route, exchange)
            exchange.user = identity?.userID
            guard exchange.takesBody else { return try await run(route, exchange, identity, []) }
            return try await runReading(&body, route, exchange, identity, writer)
        } catch {
            return refusal(error, exchange)
        }
    }

    /// Refuses a request for what its head alone says: its host, and where it comes from.
    private func admit(_ exchange: Exchange) throws {
        // The first one is the authority; a second one is read by some and not by others.
        if exchange.headers.contains(.host) { throw DisallowedHost() }
        let door = exchange.route?.door ?? .shop
        if door == .shop, !hosts.allows(exchange.head.authority ?? "") { throw DisallowedHost() }
        if !addresses.isOpen, door != .health { try addresses.check(clientAddress(exchange)) }
        if door == .metrics {
            try metrics.check(
                exchange.headers, at: clientAddress(exchange),
                isPassedOn: proxies.isPassedOn(connection: exchange.connectionAddress, exchange.headers))
        }
    }

    /// Reads the body of a request that may be made, and runs its endpoint; the bytes count until there is an answer.
    private func runReading(
        _ body: inout IncomingBody?, _ route: Route, _ exchange: Exchange, _ identity: Identity?,
        _ writer: borrowing ResponseWriter
    ) async throws -> Outgoing {
        let limit = await bodyLimit(of: route.endpoint, exchange.headers)
        var share = BodyShare(of: bodies)
        let bytes = try await body?.read(upTo: limit, &share, writer) ?? []
        return try await run(route, exchange, identity, bytes)
    }

    /// Returns the most bytes that a request's body may have. Whom the endpoint does not know is looked at only where that
    /// matters.
    private func bodyLimit(of endpoint: Endpoint, _ headers: HTTPFields) async -> Int {
        let limit = settings.bodyLimit(of: endpoint)
        guard let knows = endpoint.knows, limit > settings.maxBodyBytes else { return limit }
        let declared = headers[.contentLength].flatMap { Int($0) } ?? .max
        if declared <= settings.maxBodyBytes { return settings.maxBodyBytes }
        return await knows(headers) ? limit : settings.maxBodyBytes
    }

    /// Returns the answer where no endpoint was found.
    private func unrouted(_ match: Router.Match, _ exchange: Exchange) throws -> Outgoing {
        switch match {
        case .wrongMethod(let allowed) where exchange.head.method == .options:
            return plain(cors.options(exchange.headers, allowed: allowed))
        case .wrongMethod(let allowed):
            var refused = refusal(RequestRefusal.methodNotAllowed(exchange.head.method.rawValue), exchange)
            refused.headers[.allow] = allowed
            return refused
        case .malformed: throw RequestRefusal.malformedPath
        case .notFound, .found: throw NotFound()
        }
    }

    /// Returns the caller, and refuses one without access or over a rate limit.
    private func identity(_ route: Route, _ exchange: Exchange) async throws -> Identity? {
        let address = runner.looksAtAddress(route.endpoint) ? clientAddress(exchange) : .unknown
        let credentials = AccessCheck.Credentials(headers: exchange.headers) { QueryItems(exchange.query) }
        return try await runner.identity(credentials, route.endpoint, at: address)
    }

    func clientAddress(_ exchange: Exchange) -> ClientAddress {
        let connection = exchange.connectionAddress
        return proxies.isEmpty ? connection : proxies.client(connection: connection, exchange.headers)
    }

    /// Returns the scheme and host that links in the answer start with.
    func baseURL(_ exchange: Exchange) -> String {
        if let publicURL = settings.publicURL { return publicURL }
        let scheme =
            proxies.isEmpty ? "http" : proxies.scheme(connection: exchange.connectionAddress, exchange.headers)
        return scheme + "://" + (exchange.head.authority ?? "localhost")
    }

    /// Returns the answer to an error.
    func refusal(_ error: any Error, _ exchange: Exchange) -> Outgoing {
        var outgoing = plain(runner.refusal(error, exchange.route?.endpoint, requestID: exchange.id))
        if let refusal = error as? RequestRefusal { outgoing.endsConnection = refusal.endsConnection }
        return outgoing
    }

    /// Returns an answer that is neither compressed nor tagged.
    func plain(_ response: APIResponse) -> Outgoing {
        var headers = CommonHeaders.fields
        headers.append(HTTPField(name: .vary, value: CommonHeaders.vary))
        for field in response.headers {
            // What an answer says of itself goes before what all say.
            if CommonHeaders.fields.contains(field.name) { headers[field.name] = nil }
            headers.append(field)
        }
        if headers[.cacheControl] == nil { headers.append(HTTPField(name: .cacheControl, value: "no-store")) }
        var outgoing = Outgoing(response.status, headers, ByteBuffer(bytes: response.body))
        outgoing.blocks = response.blocks
        outgoing.rest = response.rest
        if response.rest == nil, response.status != .noContent, response.status != .notModified {
            outgoing.headers[.contentLength] = String(outgoing.size)
        }
        return outgoing
    }
}
