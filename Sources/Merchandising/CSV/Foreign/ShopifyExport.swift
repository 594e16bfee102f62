import Commerce
import Primitives

/// Shopify's export of products: rows with the same handle are one product, each with a variant, with one more picture, or
/// both. Columns have had other names since 2025.
enum ShopifyExport: ForeignExport {
    static let format = TableFormat.shopify
    static let marks = [["handle", "title", "variant price"], ["url handle", "title", "price", "option1 name"]]

    private static let taken: Set<String> = [
        "handle", "url handle", "title", "body (html)", "description", "type", "product category", "published",
        "published on online store", "status", "variant sku", "sku", "variant price", "price",
        "variant compare at price",
        "compare-at price", "variant grams", "weight value (grams)", "variant inventory qty", "inventory quantity",
        "image src", "product image url", "variant image", "variant image url", "option1 name", "option1 value",
        "option2 name", "option2 value", "option3 name", "option3 value", "image position",
    ]

    static func takes(_ column: String) -> Bool { taken.contains(column) }

    static func rows(_ source: ForeignSource) -> [ForeignRow] {
        var order: [String] = []
        var groups: [String: [ForeignSource.Row]] = [:]
        for row in source.rows {
            let handle = row["handle", "url handle"]
            if groups[handle] == nil { order.append(handle) }
            groups[handle, default: []].append(row)
        }
        return order.flatMap { handle -> [ForeignRow] in
            let rows = groups[handle] ?? []
            guard !handle.isEmpty else { return rows.map { ForeignRow($0.line, refusal: "This row has no handle.") } }
            return product(handle, rows, source)
        }
    }

    private static func product(
        _ handle: String, _ rows: [ForeignSource.Row], _ source: ForeignSource
    ) -> [ForeignRow] {
        let variants = rows.filter { !$0["variant price", "price"].isEmpty }
        guard let head = rows.first, let first = variants.first else {
            return rows.map { ForeignRow($0.line, refusal: "No row of \"\(handle)\" has a price.") }
        }
        let names = (1...3).map { head["option\($0) name"] }
        let isSimple = variants.count == 1 && (names[0].isEmpty || first["option1 value"] == "Default Title")
        let skus = Set(variants.map { $0["variant sku", "sku"].lowercased() })
        var whole = ForeignRow(head.line)
        let own = first["variant sku", "sku"]
        whole.cells["sku"] =
            isSimple && !own.isEmpty ? own : skus.contains(handle.lowercased()) ? handle + "-all" : handle
        whole.cells["slug"] = ForeignCells.slug(handle)
        whole.cells["name"] = head["title"]
        describe(&whole, head, first, source)
        whole.cells["pictures"] = ForeignCells.pictures(rows.map { $0["image src", "product image url"] })
        guard !isSimple else {
            whole.cells["opening_stock"] = ForeignCells.stock(first["variant inventory qty", "inventory quantity"])
            return [whole]
        }
        whole.cells["parent_sku"] = ""
        return [whole] + variants.map { variant($0, names, of: whole.cells["sku"] ?? handle, source) }
    }

    private static func describe(
        _ whole: inout ForeignRow, _ head: ForeignSource.Row, _ first: ForeignSource.Row, _ source: ForeignSource
    ) {
        let type = head["type"]
        let levels = head["product category"].cut(at: ">").map(String.init)
        whole.cells["category_path"] = type.isEmpty ? ForeignCells.deepest([levels]) : type
        whole.cells["price"] = ForeignCells.number(first["variant price", "price"])
        if source.has("body (html)", "description") {
            whole.cells["description"] = PlainText.of(head["body (html)", "description"])
        }
        if source.has("variant compare at price", "compare-at price") {
            let compared = ForeignCells.number(first["variant compare at price", "compare-at price"])
            whole.cells["compare_at_price"] = compared.utf8.contains { (0x31...0x39).contains($0) } ? compared : ""
        }
        if source.has("variant grams", "weight value (grams)") {
            whole.cells["weight"] = ForeignCells.measure(
                first["variant grams", "weight value (grams)"], times: 1_000_000, places: 3)
        }
        let published = head["published", "published on online store"].lowercased()
        let status = head["status"].lowercased()
        whole.cells["is_active"] = ForeignCells.flag(published != "false" && (status.isEmpty || status == "active"))
    }

    private static func variant(
        _ row: ForeignSource.Row, _ names: [String], of parent: String, _ source: ForeignSource
    ) -> ForeignRow {
        var variant = ForeignRow(row.line)
        let options = names.enumerated().compactMap { index, name -> VariantOption? in
            let value = row["option\(index + 1) value"]
            return name.isEmpty || value.isEmpty ? nil : VariantOption(type: name, value: value)
        }
        let own = row["variant sku", "sku"]
        let invented = ([parent] + options.map { Slug($0.value, kind: "option").description }).joined(separator: "-")
        variant.cells["sku"] = own.isEmpty ? invented : own
        variant.cells["parent_sku"] = parent
        variant.cells["price"] = ForeignCells.number(row["variant price", "price"])
        variant.cells["options"] = OptionText.text(options)
        if source.has("variant inventory qty", "inventory quantity") {
            variant.cells["opening_stock"] = ForeignCells.stock(row["variant inventory qty", "inventory quantity"])
        }
        if source.has("variant image", "variant image url") {
            variant.cells["pictures"] = ForeignCells.pictures([row["variant image", "variant image url"]])
        }
        return variant
    }
}
