import Commerce
import HTTPTypes
import Primitives
import SQL

/// Identifies the caller and checks their access.
struct AccessCheck: Sendable {
    /// Returns the identity behind an access token, or throws.
    let authenticate: @Sendable (String) async throws -> Identity
    /// Throws where an identity's session has ended since, and otherwise locks it until the transaction ends.
    var confirm: @Sendable (Identity, Transaction) throws -> Void = { _, _ in }

    /// What a request shows of who sends it.
    struct Credentials {
        let headers: HTTPFields
        /// Reads the query, which only few endpoints ask for.
        let query: () -> QueryItems

        init(headers: HTTPFields, query: @escaping () -> QueryItems) {
            self.headers = headers
            self.query = query
        }

        init(_ call: APIRequest) {
            self.init(headers: call.headers) { call.query }
        }
    }

    /// Returns who calls an endpoint of this access; nil for an anonymous caller.
    ///
    /// - Throws: `AuthenticationError`, `PermissionDenied`, or what `authenticate` throws.
    func identity(_ credentials: Credentials, _ access: Access) async throws -> Identity? {
        if access == .anyone { return nil }
        guard let token = try Self.token(credentials.headers) else {
            return try Self.admitted(nil, with: credentials, access)
        }
        return try Self.admitted(try await authenticate(token), with: credentials, access)
    }

    /// Returns a caller who is known already, where `access` admits them; nil where credentials do not matter.
    ///
    /// - Throws: `AuthenticationError`, `PermissionDenied`.
    static func admitted(
        _ identity: Identity?, with credentials: Credentials, _ access: Access
    ) throws -> Identity? {
        if access == .anyone { return nil }
        guard let identity else {
            guard isOpenToStrangers(access, with: credentials) else { throw AuthenticationError.notAuthenticated }
            return nil
        }
        guard allows(identity, access) else { throw PermissionDenied() }
        return identity
    }

    /// Returns the token of `Authorization: Bearer`; nil for credentials of another kind.
    static func token(_ headers: HTTPFields) throws(AuthenticationError) -> String? {
        guard let header = headers[.authorization] else { return nil }
        let parts = header.cut(at: " ", keepsEmpty: false)
        guard parts.first?.lowercased() == "bearer" else { return nil }
        guard parts.count == 2 else { throw .tokenNotValid }
        return String(parts[1])
    }

    private static func isOpenToStrangers(_ access: Access, with credentials: Credentials) -> Bool {
        switch access {
        case .anyone, .optionalUser: true
        case .userOr(let token): token.sent(credentials.headers, credentials.query()) != nil
        case .user, .vendorOr, .staff, .admin: false
        }
    }

    private static func allows(_ identity: Identity, _ access: Access) -> Bool {
        switch access {
        case .anyone, .optionalUser, .user, .userOr: true
        case .vendorOr(let permission): identity.role == .vendor || identity.may(permission)
        case .staff(let permission): identity.may(permission)
        case .admin: identity.role == .admin
        }
    }
}
