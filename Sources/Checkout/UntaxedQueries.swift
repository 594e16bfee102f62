import Commerce
import SQL
import Taxes

/// Finds tax classes of products and shipping methods that no rate names.
public enum UntaxedQueries {
    /// Returns a sentence for an operator about each such class; none in a shop without rates.
    ///
    /// - Throws: `SQLError`.
    public static func findings(_ connection: Connection) throws -> [String] {
        guard try connection.value("SELECT COUNT(*) FROM tax_rates", as: Int.self) ?? 0 > 0 else { return [] }
        let known = try TaxService.classes(connection)
        return try [("products", products), ("shipping methods", methods)].flatMap { name, source in
            try used(source, known, connection).map { taxClass, count in
                "\(count) \(name) have the tax class \"\(taxClass)\", which no rate knows: they are taxed as standard"
            }
        }
    }

    private static let products: Query = "products WHERE deleted_at IS NULL"
    private static let methods: Query = "shipping_methods WHERE is_active = 1"

    private static func used(
        _ source: Query, _ known: Set<String>, _ connection: Connection
    ) throws -> [(taxClass: String, count: Int)] {
        try connection.all("SELECT tax_class, COUNT(*) FROM \(source) GROUP BY tax_class ORDER BY tax_class") {
            (taxClass: try $0(), count: try $0())
        }
        .filter { !known.contains(TaxClass.normal($0.taxClass)) }
    }
}
