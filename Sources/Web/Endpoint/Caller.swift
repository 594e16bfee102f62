import Commerce
import SQL

/// The role of a user; each role includes what customers can do.
public enum Role: String, WireEnum {
    /// Buys in the shop.
    case customer
    /// Sells products of their own.
    case vendor
    /// Works for the shop, within the permissions that were given.
    case staff
    /// May do everything.
    case admin

    /// Staff and administrators.
    public var isStaff: Bool { self == .staff || self == .admin }
}

/// The caller of a request, by the access token and the session behind it.
public struct Identity: Sendable, Equatable {
    /// The id of the user.
    public let userID: UserID
    /// The id of the session that the access token belongs to.
    public let sessionID: SessionID
    /// The address of the account, in lower case.
    public let email: String
    /// The role, as the database had it when the request came.
    public let role: Role
    /// Named permissions of staff, such as `orders.refund`; administrators have all of them without naming any.
    public let permissions: Set<String>
    /// Whether the user has shown that the address is theirs.
    public let isEmailVerified: Bool

    /// Creates an identity with the given parts.
    public init(
        userID: UserID, sessionID: SessionID, email: String, role: Role, permissions: Set<String>,
        isEmailVerified: Bool
    ) {
        self.userID = userID
        self.sessionID = sessionID
        self.email = email
        self.role = role
        self.permissions = permissions
        self.isEmailVerified = isEmailVerified
    }

    /// Returns whether this is an administrator, or staff with the permission.
    public func may(_ permission: String) -> Bool {
        role == .admin || (role == .staff && permissions.contains(permission))
    }

    /// Whether the caller is staff or an administrator.
    public var isStaff: Bool { role.isStaff }
}

/// The access rule of an endpoint.
public enum Access: Sendable, Equatable {
    /// Everyone; credentials are ignored, so an answer may be cached.
    case anyone
    /// Everyone; a token that is sent must be good.
    case optionalUser
    /// Users with a good token.
    case user
    /// Users with a good token, and whoever sends one of the resource's own; whether that opens it, its handler says.
    case userOr(_ token: ResourceToken)
    /// Vendors, and staff with the permission.
    case vendorOr(_ permission: String)
    /// Staff with the permission, and administrators.
    case staff(_ permission: String)
    /// Administrators.
    case admin
}
