import Commerce
import SQL

/// The statements on how many products vendors have.
public enum VendorProductQueries {
    /// Counts the products of vendors that the public sees; those without any are left out.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func counts(
        of vendors: [VendorID], _ connection: Connection
    ) throws -> [VendorID: Int] {
        guard !vendors.isEmpty else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: try connection.tuples(
                """
                SELECT vendor_id, COUNT(*) FROM products WHERE vendor_id IN (\(list: vendors)) AND is_listed = 1
                GROUP BY vendor_id
                """))
    }
}
