import Commerce
import HTTPTypes
import Primitives
import SQL

/// One request as handlers see it: routed, its body read whole, its caller known.
public struct APIRequest: Sendable {
    /// The HTTP method.
    public let method: HTTPRequest.Method
    /// Percent-decoded, with its final slash.
    public let path: String
    /// The values of the template's parameters by name, percent-decoded.
    public let parameters: [String: String]
    /// The query after the question mark, percent-decoded.
    public let query: QueryItems
    /// The request's header fields.
    public let headers: HTTPFields
    /// The whole body; empty where there is none.
    public let body: [UInt8]
    /// The caller; nil for an anonymous request.
    public var identity: Identity?
    /// The id of the request, as the log and `X-Request-ID` have it: the client's own where it is valid.
    public let id: String
    /// The client's address: the connection's, or what a trusted proxy says; `unknown` where that cannot be read.
    public let clientAddress: String
    /// The scheme and host of links to this shop, without a final slash.
    public let baseURL: String
    /// The audit of changes by staff; nil for requests that change nothing and for callers who are no staff.
    public var audit: AuditTrail?
    /// Holds the caller's session in a transaction; nil where nobody is known to call.
    var sessionConfirmation: (@Sendable (Transaction) throws -> Void)?

    /// Checks that the owner of the caller's account is present; nil where nobody can.
    var presenceCheck: PresenceCheck?
    /// Who reads the page that is asked for; nil where none is.
    var reader: PageReader?

    /// Creates a request with the given parts; the others are empty.
    public init(
        method: HTTPRequest.Method, path: String, parameters: [String: String] = [:],
        query: QueryItems = QueryItems(""),
        headers: HTTPFields = [:], body: [UInt8] = [], identity: Identity? = nil, id: String = "",
        clientAddress: String = "", baseURL: String = ""
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.identity = identity
        self.id = id
        self.clientAddress = clientAddress
        self.baseURL = baseURL
    }

    /// Returns the caller of an endpoint whose access is `.user` or narrower.
    ///
    /// - Throws: `AuthenticationError.notAuthenticated` where there is none.
    public func caller() throws -> Identity {
        guard let identity else { throw AuthenticationError.notAuthenticated }
        return identity
    }

    /// Locks the caller's session until `tx` ends, so that nothing is written after the session was ended: for handlers
    /// that open transactions of their own. An endpoint whose whole work is one transaction does so by itself.
    ///
    /// - Throws: `AuthenticationError.tokenNotValid`, `SQLError`.
    public func confirmSession(in tx: Transaction) throws { try sessionConfirmation?(tx) }

    /// Asks for a fresh factor: a code where the caller has two factors on, otherwise a session that was opened a short while ago
    /// or the password. For what would be worth stealing a token for, such as a refund.
    ///
    /// - Throws: `AuthenticationError.notAuthenticated`, `ValidationError` on `code` or `password`, what the check throws.
    public func confirmPresence(password: String?, code: String?) async throws {
        guard let presenceCheck else { throw AuthenticationError.notAuthenticated }
        try await presenceCheck(self, password, code)
    }

    /// Returns a path parameter as an id.
    ///
    /// - Throws: `NotFound` where it is no positive 64-bit number.
    public func id<ID: Identifier>(_ name: String, as type: ID.Type = ID.self) throws -> ID {
        guard let text = parameters[name], let number = Int64(text), number > 0 else { throw NotFound() }
        return ID(number)
    }

    /// Returns a path parameter as text.
    ///
    /// - Throws: `NotFound` where the template has none of that name.
    public func text(_ name: String) throws -> String {
        guard let text = parameters[name] else { throw NotFound() }
        return text
    }
}

/// Checks that the owner of the caller's account is present, by a password or a code of the second factor.
public typealias PresenceCheck =
    @Sendable (_ call: APIRequest, _ password: String?, _ code: String?) async throws -> Void

/// A refusal of a caller who has not proved who they are: 401.
public enum AuthenticationError: BusinessError, Equatable {
    /// No credentials came, or none of a kind that is known.
    case notAuthenticated
    /// The token is forged, has expired, or its session has ended.
    case tokenNotValid

    /// Always `.unauthenticated`.
    public var kind: ErrorKind { .unauthenticated }

    /// Django REST Framework's code, and Simple JWT's.
    public var code: String {
        switch self {
        case .notAuthenticated: "not_authenticated"
        case .tokenNotValid: "token_not_valid"
        }
    }

    /// Django REST Framework's words, and Simple JWT's.
    public var message: String {
        switch self {
        case .notAuthenticated: "Authentication credentials were not provided."
        case .tokenNotValid: "Given token not valid for any token type"
        }
    }
}
