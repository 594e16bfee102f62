import Commerce
import Primitives

/// The export of products of Magento 2 and Adobe Commerce: a configurable product names its variants, which are products
/// with rows of their own, mostly before it.
enum MagentoExport: ForeignExport {
    static let format = TableFormat.magento
    static let marks = [["sku", "product_type", "attribute_set_code"]]

    /// Weights are left out: the file does not say whether they are kilograms or pounds.
    private static let taken: Set<String> = [
        "sku", "product_type", "categories", "name", "description", "short_description", "price", "special_price",
        "product_online", "url_key", "qty", "base_image", "additional_images", "configurable_variations",
    ]

    static func takes(_ column: String) -> Bool { taken.contains(column) }

    static func rows(_ source: ForeignSource) -> [ForeignRow] {
        // Those of a store view are the same products in another language.
        let known = source.rows.filter { $0["store_view_code"].isEmpty && !$0["sku"].isEmpty }
        let bySKU = Dictionary(known.map { ($0["sku"].lowercased(), $0) }) { first, _ in first }
        var variants: [String: [Variation]] = [:]
        var belonging: Set<String> = []
        for row in known where row["product_type"] == "configurable" {
            let own = variations(row["configurable_variations"]).filter {
                bySKU[$0.sku.lowercased()] != nil && belonging.insert($0.sku.lowercased()).inserted
            }
            variants[row["sku"].lowercased()] = own
        }
        var rows: [ForeignRow] = []
        for row in known where !belonging.contains(row["sku"].lowercased()) {
            let own = variants[row["sku"].lowercased()] ?? []
            let parts = own.compactMap { one in bySKU[one.sku.lowercased()].map { (one, $0) } }
            rows.append(product(row, parts.map { $0.1 }, source))
            rows += parts.map { variant($0.1, $0.0, of: row["sku"], source) }
        }
        return rows
    }

    private struct Variation {
        let sku: String
        let options: [VariantOption]
    }

    /// Reads `sku=A,size=S|sku=B,size=M`.
    private static func variations(_ cell: String) -> [Variation] {
        cell.cut(at: "|").compactMap { part -> Variation? in
            let pairs = part.cut(at: ",").map { $0.halves(at: "=") }.map { (String($0.0).trimmed, $0.1?.trimmed ?? "") }
            guard let sku = pairs.first(where: { $0.0 == "sku" })?.1, !sku.isEmpty else { return nil }
            return Variation(
                sku: sku,
                options: pairs.filter { $0.0 != "sku" && !$0.1.isEmpty }.map { VariantOption(type: $0.0, value: $0.1) })
        }
    }

    private static func product(
        _ row: ForeignSource.Row, _ parts: [ForeignSource.Row], _ source: ForeignSource
    ) -> ForeignRow {
        let kind = row["product_type"]
        if ["bundle", "grouped", "giftcard"].contains(kind) {
            return ForeignRow(row.line, refusal: "A product of the type \(kind) is not taken over: make it by hand.")
        }
        var whole = ForeignRow(row.line)
        whole.cells["sku"] = row["sku"]
        whole.cells["name"] = row["name"]
        if source.has("url_key") { whole.cells["slug"] = ForeignCells.slug(row["url_key"]) }
        if source.has("categories") {
            // The first level is the store's root, which nobody sees.
            let paths = row["categories"].cut(at: ",").map { $0.cut(at: "/").map(String.init) }
            whole.cells["category_path"] = ForeignCells.deepest(paths.map { Array($0.dropFirst()) })
        }
        price(&whole, row["price"].isEmpty ? parts.first ?? row : row)
        if source.has("description") { whole.cells["description"] = PlainText.of(row["description"]) }
        if source.has("short_description") {
            whole.cells["short_description"] = PlainText.of(row["short_description"]).prefix(scalars: 500)
        }
        if source.has("product_online") { whole.cells["is_active"] = ForeignCells.flag(row["product_online"] == "1") }
        if source.has("base_image") {
            whole.cells["pictures"] = ForeignCells.pictures(
                [row["base_image"]] + row["additional_images"].cut(at: ",").map(\.trimmed))
        }
        if source.has("qty") {
            whole.cells["opening_stock"] = kind == "configurable" ? "" : ForeignCells.stock(row["qty"])
        }
        return whole
    }

    /// A special price that has days is not taken over: a table of products cannot say when it ends.
    private static func price(_ whole: inout ForeignRow, _ row: ForeignSource.Row) {
        let (regular, special) = (ForeignCells.number(row["price"]), ForeignCells.number(row["special_price"]))
        let isSpecial = !special.isEmpty && row["special_price_to_date"].isEmpty
        whole.cells["price"] = isSpecial ? special : regular
        whole.cells["compare_at_price"] = isSpecial ? regular : ""
    }

    private static func variant(
        _ row: ForeignSource.Row, _ variation: Variation, of parent: String, _ source: ForeignSource
    ) -> ForeignRow {
        var variant = ForeignRow(row.line)
        variant.cells["sku"] = row["sku"]
        variant.cells["parent_sku"] = parent
        price(&variant, row)
        variant.cells["compare_at_price"] = nil
        variant.cells["options"] = OptionText.text(variation.options)
        if source.has("product_online") { variant.cells["is_active"] = ForeignCells.flag(row["product_online"] == "1") }
        if source.has("qty") { variant.cells["opening_stock"] = ForeignCells.stock(row["qty"]) }
        if source.has("base_image") { variant.cells["pictures"] = ForeignCells.pictures([row["base_image"]]) }
        return variant
    }
}
