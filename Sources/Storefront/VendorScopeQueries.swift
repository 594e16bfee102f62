import Commerce
import SQL
import Vendors

/// The statements on what belongs to a vendor.
public enum VendorScopeQueries {
    /// Returns a subselect of the ids of the products that a user sells as an approved vendor.
    @Sendable public static func products(of user: UserID) -> Query {
        """
        SELECT p.id FROM products p JOIN vendors v ON v.id = p.vendor_id
        WHERE v.user_id = \(user) AND v.status = \(VendorStatus.approved) AND p.deleted_at IS NULL
        """
    }
}
