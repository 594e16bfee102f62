import Commerce
import HTTPTypes
import Primitives
import SQL

/// One request as handlers see it: routed, its body read whole, its caller known.
public struct APIRequest: Sendable {
    public let method: HTTPRequest.Method
    /// Percent-decoded, with its final slash.
    public let path: String
    /// What stands in the template's braces, by name, percent-decoded.
    public let parameters: [String: String]
    public let query: QueryItems
    public let headers: HTTPFields
    public let body: [UInt8]
    /// Who calls, or nil for an anonymous request.
    public var identity: Identity?
    public let id: String
    /// The client's address: the connection's, or what a trusted proxy says; `unknown` where that cannot be read.
    public let clientAddress: String
    /// Scheme and host that links to ourselves start with, without a final slash.
    public let baseURL: String
    /// Where staff's changes are written down; nil for requests that change nothing and for callers who are no staff.
    public var audit: AuditTrail?
    /// Holds the caller's session in a transaction; nil where nobody is known to call.
    var sessionConfirmation: (@Sendable (Transaction) throws -> Void)?

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

    /// The caller of an endpoint whose access is `.user` or narrower.
    ///
    /// - Throws: `AuthenticationError.notAuthenticated` where there is none.
    public func caller() throws -> Identity {
        guard let identity else { throw AuthenticationError.notAuthenticated }
        return identity
    }

    /// Holds the caller's session until `tx` ends, for handlers that open transactions of their own: nothing is written after
    /// a session was ended. An endpoint whose whole work is one transaction does so by itself.
    ///
    /// - Throws: `AuthenticationError.tokenNotValid`, `SQLError`.
    public func confirmSession(in tx: Transaction) throws { try sessionConfirmation?(tx) }

    /// A path parameter as an id.
    ///
    /// - Throws: `NotFound` where it is no positive 64-bit number.
    public func id<ID: Identifier>(_ name: String, as type: ID.Type = ID.self) throws -> ID {
        guard let text = parameters[name], let number = Int64(text), number > 0 else { throw NotFound() }
        return ID(number)
    }

    /// A path parameter as text.
    ///
    /// - Throws: `NotFound` where the template has none of that name.
    public func text(_ name: String) throws -> String {
        guard let text = parameters[name] else { throw NotFound() }
        return text
    }
}

/// Why a caller is not who they need to be: 401.
public enum AuthenticationError: BusinessError, Equatable {
    case notAuthenticated
    case tokenNotValid

    public var kind: ErrorKind { .unauthenticated }

    public var code: String {
        switch self {
        case .notAuthenticated: "not_authenticated"
        case .tokenNotValid: "token_not_valid"
        }
    }

    public var message: String {
        switch self {
        case .notAuthenticated: "Authentication credentials were not provided."
        case .tokenNotValid: "Given token not valid for any token type"
        }
    }
}
