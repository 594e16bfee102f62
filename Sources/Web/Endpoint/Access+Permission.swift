extension Access {
    /// The permission that it asks staff for.
    public var permission: String? {
        switch self {
        case .staff(let name), .vendorOr(let name): name
        case .anyone, .optionalUser, .user, .userOr, .admin: nil
        }
    }
}
