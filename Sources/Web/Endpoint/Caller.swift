import Commerce
import SQL

/// What a user may be: each role can do what customers can.
public enum Role: String, WireEnum {
    case customer
    case vendor
    case staff
    case admin

    /// Staff and administrators.
    public var isStaff: Bool { self == .staff || self == .admin }
}

/// Who is calling, as the access token and the session behind it say.
public struct Identity: Sendable, Equatable {
    public let userID: UserID
    public let sessionID: SessionID
    public let email: String
    public let role: Role
    /// Named permissions of staff, such as `orders.refund`; administrators have all of them without naming any.
    public let permissions: Set<String>
    public let isEmailVerified: Bool

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

    /// Whether this is an administrator, or staff with the permission.
    public func may(_ permission: String) -> Bool {
        role == .admin || (role == .staff && permissions.contains(permission))
    }

    public var isStaff: Bool { role.isStaff }
}

/// Who may call an endpoint.
public enum Access: Sendable, Equatable {
    /// Everyone; credentials are not looked at, and an answer may be kept.
    case anyone
    /// Everyone; a token that is sent must be good.
    case optionalUser
    /// Users with a good token.
    case user
    /// Vendors, and staff with the permission.
    case vendorOr(_ permission: String)
    /// Staff with the permission, and administrators.
    case staff(_ permission: String)
    /// Administrators.
    case admin
}
