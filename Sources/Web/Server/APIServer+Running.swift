import Commerce
import Deflate
import HTTPTypes
import NIOCore
import Primitives

extension APIServer {
    /// Runs an endpoint, or returns its cached answer.
    func run(_ route: Route, _ exchange: Exchange, _ identity: Identity?, _ body: [UInt8]) async throws -> Outgoing {
        let endpoint = route.endpoint
        let base = baseURL(exchange)
        guard endpoint.caching == .untilRevision, endpoint.method == .get, let revision else {
            let call = try call(exchange, identity, body, base)
            return finished(try await runner.perform(endpoint, call), exchange, endpoint)
        }
        let query = ResponseCache.canonical(exchange.query)
        let path = Router.normalized(String(exchange.path))
        let key = ResponseCache.Key(base: base, target: query.isEmpty ? path : path + "?" + query)
        let current = try await revision()
        if let answer = cache.answer(key, at: current) { return serve(answer, exchange) }
        let response = try await runner.perform(endpoint, try call(exchange, identity, body, base))
        guard response.status == .ok, !response.headers.contains(.setCookie) else {
            return finished(response, exchange, endpoint)
        }
        let answer = CachedResponse(response.body, contentType: response.headers[.contentType] ?? "application/json")
        cache.keep(answer, key, at: current)
        return serve(answer, exchange)
    }

    private func serve(_ answer: CachedResponse, _ exchange: Exchange) -> Outgoing {
        let variant = answer.variant(gzip: Gzip.isAccepted(exchange.headers[.acceptEncoding]))
        if EntityTag.matches(exchange.headers[.ifNoneMatch], variant.tag) {
            return Outgoing(.notModified, variant.notModified)
        }
        return Outgoing(.ok, variant.fields, variant.body)
    }

    private func call(
        _ exchange: Exchange, _ identity: Identity?, _ body: [UInt8], _ base: String
    ) throws -> APIRequest {
        guard let query = QueryItems(validating: exchange.query) else { throw RequestRefusal.malformedQuery }
        let isRead = exchange.head.method == .get || exchange.isHead
        let path = String(exchange.path)
        let decoded = path.utf8.contains(UInt8(ascii: "%")) ? PercentEncoding.decode(path.utf8) : path
        var call = APIRequest(
            method: exchange.isHead ? .get : exchange.head.method, path: Router.normalized(decoded),
            parameters: exchange.parameters, query: query, headers: exchange.headers, body: isRead ? [] : body,
            identity: identity, id: exchange.id, clientAddress: clientAddress(exchange).text, baseURL: base)
        call.reader = exchange.reader
        return call
    }

    /// Returns a handler's answer ready to send: with an ETag where it is public, compressed where the client wants it.
    private func finished(_ response: APIResponse, _ exchange: Exchange, _ endpoint: Endpoint) -> Outgoing {
        var response = response
        let isForAnyone = endpoint.access == .anyone
        if endpoint.method == .get, response.status == .ok, isForAnyone || endpoint.caching == .tagged,
            !response.body.isEmpty
        {
            if response.headers[.cacheControl] == nil {
                response.headers[.cacheControl] =
                    isForAnyone ? CommonHeaders.revalidated : CommonHeaders.ownRevalidated
            }
            if response.headers[.cacheControl]?.contains("no-store") != true, response.headers[.eTag] == nil {
                response.headers[.eTag] = EntityTag.tag(of: response.body, isGzip: false)
            }
        }
        compress(&response, exchange)
        if response.status == .ok, let tag = response.headers[.eTag], exchange.head.method == .get || exchange.isHead,
            EntityTag.matches(exchange.headers[.ifNoneMatch], tag)
        {
            response.status = .notModified
            response.body = []
            response.headers[.contentType] = nil
            response.headers[.contentEncoding] = nil
        }
        return plain(response)
    }

    private func compress(_ response: inout APIResponse, _ exchange: Exchange) {
        guard response.body.count >= Gzip.smallest, response.headers[.contentEncoding] == nil,
            Gzip.helps(response.headers[.contentType] ?? ""), Gzip.isAccepted(exchange.headers[.acceptEncoding]),
            let packed = Gzip.compress(response.body), packed.count < response.body.count
        else { return }
        response.body = packed
        response.headers[.contentEncoding] = "gzip"
        if let tag = response.headers[.eTag]?.before("\"") {
            response.headers[.eTag] = tag + "-gz\""
        }
    }
}
