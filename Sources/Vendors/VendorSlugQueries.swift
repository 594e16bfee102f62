import Commerce
import SQL

/// Vendors by slug, for the exchange of tables.
public enum VendorSlugQueries {
    /// Returns the vendor with this slug; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public static func id(of slug: String, _ connection: Connection) throws -> VendorID? {
        try connection.value("SELECT id FROM vendors WHERE slug = \(slug)")
    }

    /// Returns the slugs of all vendors by id.
    ///
    /// - Throws: `SQLError`.
    public static func all(_ connection: Connection) throws -> [VendorID: String] {
        Dictionary(uniqueKeysWithValues: try connection.tuples("SELECT id, slug FROM vendors"))
    }
}
