import HTTPTypes
import Primitives

/// The origins whose scripts may call the API, and what they may see (the Fetch standard's CORS protocol).
struct CORSPolicy: Sendable {
    private let origins: Set<String>
    private let allowsAll: Bool

    private static let headers =
        "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Order-Token, X-Request-ID, X-Session-Key"
    private static let exposed =
        "ETag, Idempotent-Replayed, Location, Retry-After, X-Request-ID, Content-Disposition"

    init(_ origins: [String]) {
        self.origins = Set(origins.map { $0.before("/").map(String.init) ?? $0 })
        self.allowsAll = origins.contains("*")
    }

    /// Returns what an answer to `origin` says; nothing where it is not allowed.
    func fields(for origin: String) -> [HTTPField] {
        if allowsAll {
            return [
                HTTPField(name: .accessControlAllowOrigin, value: "*"),
                HTTPField(name: .accessControlExposeHeaders, value: Self.exposed),
            ]
        }
        guard origins.contains(origin) else { return [] }
        return [
            HTTPField(name: .accessControlAllowOrigin, value: origin),
            HTTPField(name: .accessControlAllowCredentials, value: "true"),
            HTTPField(name: .accessControlExposeHeaders, value: Self.exposed),
        ]
    }

    /// Returns the answer to an OPTIONS request on a path with these methods: a preflight's, where it is one.
    func options(_ headers: HTTPFields, allowed: String) -> APIResponse {
        var response = APIResponse(status: .noContent, headers: [.allow: allowed])
        guard let origin = headers[.origin], headers[.accessControlRequestMethod] != nil, !fields(for: origin).isEmpty
        else { return response }
        response.headers[.accessControlAllowMethods] = allowed
        response.headers[.accessControlAllowHeaders] = Self.headers
        response.headers[.accessControlMaxAge] = "86400"
        return response
    }
}
