import Commerce
import SQL
import Vendors

/// What belongs to a vendor.
public enum VendorScopeQueries {
    /// The ids of the products that a user sells, as a subselect.
    @Sendable public static func products(of user: UserID) -> Query {
        """
        SELECT p.id FROM products p JOIN vendors v ON v.id = p.vendor_id
        WHERE v.user_id = \(user) AND v.status = \(VendorStatus.approved) AND p.deleted_at IS NULL
        """
    }
}
