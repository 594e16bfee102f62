import Commerce
import Primitives

/// WooCommerce's own export of products, in English or German: a row for each product and each variation, which names its parent.
enum WooCommerceExport: ForeignExport {
    static let format = TableFormat.woocommerce
    static let marks = [
        ["type", "sku", "name", "published", "regular price"],
        ["typ", "artikelnummer", "name", "veröffentlicht", "regulärer preis"],
    ]

    private static let taken: Set<String> = [
        "id", "type", "sku", "name", "published", "is featured?", "short description", "description", "tax class",
        "stock",
        "regular price", "sale price", "categories", "images", "parent",
    ]
    private static let measures: [(beginning: String, column: String)] = [
        ("weight (", "weight"), ("length (", "length"), ("width (", "width"), ("height (", "height"),
    ]

    static func takes(_ column: String) -> Bool {
        taken.contains(column) || measures.contains { column.begins(with: $0.beginning) }
            || column.begins(with: "attribute ") && (column.ends(with: " name") || column.ends(with: " value(s)"))
    }

    static func rows(_ source: ForeignSource) -> [ForeignRow] {
        let isVariation = { (row: ForeignSource.Row) in row["type"].lowercased().holds(text: "variation") }
        let skus = Dictionary(source.rows.map { ($0["id"], sku(of: $0)) }) { first, _ in first }
        let variations = Dictionary(grouping: source.rows.filter(isVariation)) { key(ofParent: $0["parent"], skus) }
        var met: Set<String> = []
        var rows: [ForeignRow] = []
        for row in source.rows where !isVariation(row) {
            let sku = Self.sku(of: row)
            let parts = variations[sku.lowercased()] ?? []
            met.insert(sku.lowercased())
            rows.append(product(row, parts, source))
            rows += parts.map { variation($0, of: sku, source) }
        }
        for (parent, parts) in variations.sorted(by: { $0.key < $1.key }) where !met.contains(parent) {
            rows += parts.map { ForeignRow($0.line, refusal: "The product of this variation is not in the file.") }
        }
        return rows
    }

    private static func sku(of row: ForeignSource.Row) -> String {
        row["sku"].isEmpty ? "woo-" + row["id"] : row["sku"]
    }

    /// Returns the SKU in lower case that `Parent` names, itself or as `id:12`; `skus` has those of all rows by their id.
    private static func key(ofParent text: String, _ skus: [String: String]) -> String {
        guard let id = text.lowercased().after("id:").map({ $0.trimmed }) else { return text.lowercased() }
        return skus[id]?.lowercased() ?? "woo-" + id
    }

    private static func product(
        _ row: ForeignSource.Row, _ parts: [ForeignSource.Row], _ source: ForeignSource
    ) -> ForeignRow {
        let kinds = row["type"].lowercased().cut(at: ",").map(\.trimmed)
        if let kind = kinds.first(where: { ["grouped", "external"].contains($0) }) {
            return ForeignRow(
                row.line, refusal: "A \(kind) product is not taken over: its parts are products of their own.")
        }
        var whole = ForeignRow(row.line)
        whole.cells["sku"] = sku(of: row)
        whole.cells["name"] = row["name"]
        if source.has("categories") {
            whole.cells["category_path"] = ForeignCells.deepest(
                pieces(row["categories"]).map { $0.cut(at: ">").map(String.init) })
        }
        price(&whole, row["regular price"].isEmpty ? parts.first ?? row : row, source)
        whole.cells["is_active"] = ForeignCells.flag(row["published"] == "1")
        if source.has("is featured?") { whole.cells["is_featured"] = ForeignCells.flag(row["is featured?"] == "1") }
        if source.has("short description") {
            whole.cells["short_description"] = PlainText.of(row["short description"]).prefix(scalars: 500)
        }
        if source.has("description") { whole.cells["description"] = PlainText.of(row["description"]) }
        if source.has("tax class") { whole.cells["tax_class"] = taxClass(row["tax class"]) }
        if source.has("images") { whole.cells["pictures"] = ForeignCells.pictures(pieces(row["images"])) }
        if source.has("stock") { whole.cells["opening_stock"] = parts.isEmpty ? ForeignCells.stock(row["stock"]) : "" }
        measure(&whole, row, source)
        return whole
    }

    /// A sale that has days is not taken over: a table of products cannot say when it ends.
    private static func price(_ whole: inout ForeignRow, _ row: ForeignSource.Row, _ source: ForeignSource) {
        let (regular, sale) = (ForeignCells.number(row["regular price"]), ForeignCells.number(row["sale price"]))
        let isOnSale = !sale.isEmpty && row["date sale price starts"].isEmpty && row["date sale price ends"].isEmpty
        whole.cells["price"] = isOnSale ? sale : regular
        whole.cells["compare_at_price"] = isOnSale ? regular : ""
    }

    private static func taxClass(_ cell: String) -> String {
        switch cell.lowercased() {
        case "", "parent", "standard": TaxClass.standard
        case "reduced-rate": "reduced"
        case "zero-rate": "zero"
        default: cell
        }
    }

    private static func measure(_ whole: inout ForeignRow, _ row: ForeignSource.Row, _ source: ForeignSource) {
        for (beginning, column) in measures {
            guard let name = source.names.first(where: { $0.begins(with: beginning) }) else { continue }
            let unit = name.after(beginning)?.before(")").map(String.init) ?? ""
            whole.cells[column] =
                column == "weight"
                ? ForeignCells.measure(row[name], times: kilograms[unit] ?? 1_000_000_000, places: 3)
                : ForeignCells.measure(row[name], times: centimeters[unit] ?? 1_000_000_000, places: 1)
        }
        // The shop knows a parcel by all its sides or by none.
        let sides = ["length", "width", "height"]
        if sides.contains(where: { whole.cells[$0]?.isEmpty != false }) {
            for side in sides where whole.cells[side] != nil { whole.cells[side] = "" }
        }
    }

    /// Units in billionths of a kilogram and of a centimeter.
    private static let kilograms: [String: Int64] = [
        "kg": 1_000_000_000, "g": 1_000_000, "lbs": 453_592_370, "oz": 28_349_523,
    ]
    private static let centimeters: [String: Int64] = [
        "cm": 1_000_000_000, "mm": 100_000_000, "m": 100_000_000_000, "in": 2_540_000_000, "yd": 91_440_000_000,
    ]

    private static func variation(_ row: ForeignSource.Row, of parent: String, _ source: ForeignSource) -> ForeignRow {
        var variant = ForeignRow(row.line)
        variant.cells["sku"] = sku(of: row)
        variant.cells["parent_sku"] = parent
        price(&variant, row, source)
        variant.cells["compare_at_price"] = nil
        variant.cells["options"] = OptionText.text(options(row, source))
        variant.cells["is_active"] = ForeignCells.flag(row["published"] == "1")
        if source.has("stock") { variant.cells["opening_stock"] = ForeignCells.stock(row["stock"]) }
        if source.has("images") { variant.cells["pictures"] = ForeignCells.pictures(pieces(row["images"])) }
        return variant
    }

    private static func options(_ row: ForeignSource.Row, _ source: ForeignSource) -> [VariantOption] {
        var options: [VariantOption] = []
        var number = 1
        while source.has("attribute \(number) name") {
            let (name, value) = (row["attribute \(number) name"], row["attribute \(number) value(s)"])
            if !name.isEmpty, !value.isEmpty { options.append(VariantOption(type: name, value: value)) }
            number += 1
        }
        return options
    }

    /// Returns the parts of a list between commas; a comma within a part has a backslash before it.
    private static func pieces(_ list: String) -> [String] {
        var pieces = [""]
        var isEscaped = false
        for scalar in list.unicodeScalars {
            if scalar == ",", !isEscaped {
                pieces.append("")
            } else if scalar != "\\" || isEscaped {
                pieces[pieces.count - 1].unicodeScalars.append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return pieces.map(\.trimmed).filter { !$0.isEmpty }
    }
}
