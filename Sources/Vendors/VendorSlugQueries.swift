import Commerce
import SQL

/// Vendors by their slugs, for tables that leave the shop.
public enum VendorSlugQueries {
    /// The vendor of this slug.
    public static func id(of slug: String, _ connection: Connection) throws -> VendorID? {
        try connection.value("SELECT id FROM vendors WHERE slug = \(slug)")
    }

    /// The slugs of every vendor.
    public static func all(_ connection: Connection) throws -> [VendorID: String] {
        let rows = try connection.rows("SELECT id, slug FROM vendors").map { row -> (VendorID, String) in
            (try row[0], try row[1])
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
