/// The named permissions that staff can be given, alone or by a group; administrators have all.
public enum Permissions {
    /// What each of them lets do.
    public static let all: [String: String] = [
        "audit.view": "Read the audit of what staff have done.",
        "coupons.edit": "Make, change and delete coupons, and see how they are used.",
        "inventory.edit": "See and change stock, warehouses, deliveries and alerts.",
        "mailbox.view": "Read and empty the built-in mailbox.",
        "orders.edit": "Change orders: status, parcels, returns, notes and payments that were seen.",
        "orders.view": "See all orders, their returns, notes and papers.",
        "products.edit": "Make, change and delete products, categories and their pictures; bring tables in and out.",
        "reports.view": "See sales reports.",
        "settings.edit": "Change tax rates and shipping methods.",
        "vendors.edit": "Make vendors and see them.",
    ]
}

extension Access {
    /// The permission that it asks staff for.
    public var permission: String? {
        switch self {
        case .staff(let name), .vendorOr(let name): name
        case .anyone, .anyoneKnown, .user, .admin: nil
        }
    }
}
