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

    /// Returns who calls an endpoint of this access; nil for an anonymous caller.
    ///
    /// - Throws: `AuthenticationError`, `PermissionDenied`, or what `authenticate` throws.
    func identity(_ headers: HTTPFields, _ access: Access) async throws -> Identity? {
        if access == .anyone { return nil }
        guard let token = try Self.token(headers) else { return try Self.admitted(nil, access) }
        return try Self.admitted(try await authenticate(token), access)
    }

    /// Returns a caller who is known already, where `access` admits them; nil where credentials do not matter.
    ///
    /// - Throws: `AuthenticationError`, `PermissionDenied`.
    static func admitted(_ identity: Identity?, _ access: Access) throws -> Identity? {
        if access == .anyone { return nil }
        guard let identity else {
            if access == .optionalUser { return nil }
            throw AuthenticationError.notAuthenticated
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

    private static func allows(_ identity: Identity, _ access: Access) -> Bool {
        switch access {
        case .anyone, .optionalUser, .user: true
        case .vendorOr(let permission): identity.role == .vendor || identity.may(permission)
        case .staff(let permission): identity.may(permission)
        case .admin: identity.role == .admin
        }
    }
}
