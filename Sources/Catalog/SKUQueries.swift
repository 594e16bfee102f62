import Commerce
import SQL

/// The statements of `skus`, the one namespace of all SKUs ever given.
public enum SKUQueries {
    /// Claims each SKU for its sellable, which may have held it before.
    ///
    /// - Returns: the SKUs that belong to others, as they were given.
    static func claim(_ skus: [(sku: String, owner: SellableID)], _ tx: Transaction) throws -> Set<String> {
        guard !skus.isEmpty else { return [] }
        let rows: [[SQLValue]] = skus.map {
            .row(key($0.sku), $0.owner.product, $0.owner.variantKey)
        }
        try tx.execute("\(tx.dialect.insertOrIgnore) skus (sku, product_id, variant_key) VALUES \(rows: rows)")
        let owners: [(String, Int64, Int64)] = try tx.tuples(
            "SELECT sku, product_id, variant_key FROM skus WHERE sku IN (\(list: skus.map { key($0.sku) }))")
        var held: [String: SellableID] = [:]
        for (sku, product, key) in owners { held[sku] = SellableID(product: product, variantKey: key) }
        return Set(skus.filter { held[key($0.sku)] != $0.owner }.map(\.sku))
    }

    /// Returns the form in which SKUs are compared: lower case.
    public static func key(_ sku: String) -> String { sku.lowercased() }
}
