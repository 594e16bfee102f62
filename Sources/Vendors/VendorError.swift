import Commerce
import Primitives

/// Reasons for which vendors are refused something.
public enum VendorError: BusinessError, Equatable {
    /// The caller's account sells nothing.
    case noVendor
    /// The shop has not approved the vendor, or no longer does.
    case notApproved(VendorStatus)
    /// A decision does not follow on the present one.
    case invalidTransition(from: VendorStatus, to: VendorStatus)
    /// The caller's address has not been verified.
    case emailNotVerified
    /// A review without a delivered order behind it.
    case purchaseRequired
    /// A review of one's own business.
    case ownBusiness

    /// The kind of refusal, from which the status follows.
    public var kind: ErrorKind { if case .invalidTransition = self { .conflict } else { .forbidden } }

    /// The `code` of the answer: stable, in snake_case.
    public var code: String {
        switch self {
        case .noVendor: "vendor_required"
        case .notApproved: "vendor_not_approved"
        case .invalidTransition: "invalid_transition"
        case .emailNotVerified: "email_not_verified"
        case .purchaseRequired: "purchase_required"
        case .ownBusiness: "own_business"
        }
    }

    /// The `detail` of the answer: a sentence in English.
    public var message: String {
        switch self {
        case .noVendor: "This account is no vendor's. Register as a vendor first."
        case .notApproved(.pending): "The shop has not decided about this vendor yet."
        case .notApproved(.rejected): "The shop has rejected this vendor."
        case .notApproved: "The shop has suspended this vendor."
        case .invalidTransition(let from, let to):
            "The vendor is \(from.rawValue) and cannot become \(to.rawValue)."
        case .emailNotVerified: "Verify your e-mail address first."
        case .purchaseRequired: "Only what was ordered of this vendor and has been delivered can be reviewed."
        case .ownBusiness: "Nobody reviews their own business."
        }
    }

    /// The vendor's status, where that is the reason.
    public var details: [String: JSONValue] {
        switch self {
        case .notApproved(let status), .invalidTransition(let status, _): ["status": .string(status.rawValue)]
        case .noVendor, .emailNotVerified, .purchaseRequired, .ownBusiness: [:]
        }
    }
}
