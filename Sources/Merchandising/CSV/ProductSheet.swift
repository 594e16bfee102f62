import Catalog
import Commerce
import Inventory
import Primitives
import SQL
import Vendors
import Web

/// The products by SKU, each with its variants behind it.
struct ProductSheet: Sheet {
    let kind = SheetKind.products
    let columns = ProductSheet.names
    /// The names of the columns.
    static let names = [
        "sku",
        "parent_sku",
        "slug",
        "name",
        "category",
        "vendor",
        "price",
        "price_adjustment",
        "compare_at_price",
        "tax_class",
        "short_description",
        "description",
        "weight",
        "length",
        "width",
        "height",
        "options",
        "is_active",
        "is_featured",
        "approval_status",
    ]
    /// The names of the columns that a file may have besides.
    static let extraNames = ["category_path", "opening_stock", "pictures"]
    let extraColumns = ProductSheet.extraNames
    let keyColumns = ["sku"]
    let numbers: Set<String> = [
        "price", "price_adjustment", "compare_at_price", "weight", "length", "width", "height", "opening_stock",
    ]
    let flags: Set<String> = ["is_active", "is_featured"]

    let writing: ProductWriting
    let categories: CategoryService
    let orders: PictureOrders
    let reader: InputReader

    var products: ProductService { writing.products }
    var variants: VariantService { writing.variants }

    func key(of row: SheetRow) -> String { row["sku"]?.lowercased() ?? "" }

    func neededKeys(of row: SheetRow) -> [String] { row["parent_sku"].map { [$0.lowercased()] } ?? [] }

    func apply(_ row: SheetRow, from origin: RowOrigin, in tx: Transaction) throws -> RowEffect {
        guard let sku = row["sku"] else { throw ValidationError("sku", "This field is required.") }
        let known = try CatalogRecordQueries.sellable(sku: sku, tx)
        if let parent = row["parent_sku"] {
            return try applyVariant(row, known, of: parent, from: origin, in: tx)
        }
        guard known?.variant == nil else {
            throw ValidationError("parent_sku", "This SKU belongs to a variant: name its product here.")
        }
        try Self.refuse(Self.onlyOfVariants, in: row, "Only a variant has this.")
        return try applyProduct(row, known?.product, from: origin, in: tx)
    }

    private static let onlyOfVariants = ["price_adjustment", "options"]

    /// Refuses cells that would be ignored.
    static func refuse(_ columns: [String], in row: SheetRow, _ message: String) throws {
        let filled = columns.filter { row[$0] != nil }
        guard filled.isEmpty else {
            throw ValidationError(
                .members(Dictionary(uniqueKeysWithValues: filled.map { ($0, .messages([message])) })))
        }
    }

    private func applyProduct(
        _ row: SheetRow, _ id: ProductID?, from origin: RowOrigin, in tx: Transaction
    ) throws -> RowEffect {
        let known = try id.flatMap { try CatalogRecordQueries.product($0, tx) }
        let input = try reader.read(ProductRowInput.self, cells: row.cells, isPartial: known != nil)
        var change = input.change
        change.category = try category(of: row, from: origin, isNew: known == nil, tx)
        try ProductWriting.check(change, tx)
        if let slug = input.vendorSlug { change.vendor = .some(try slug.map { try Self.vendor($0, tx) }) }
        if let known {
            if let slug = row["slug"], slug != known.slug {
                throw ValidationError("slug", "The slug of a product stays as it is: \(known.slug).")
            }
            try orders.place(input.extras, for: SellableID(known.id), isNew: false, in: tx)
            if try isSame(change, as: known, tx) { return .unchanged }
            _ = try products.update(
                .id(known.id.rawValue), change, by: origin.user, check: { _ in }, in: tx)
            return .updated
        }
        if let slug = row["slug"] { change.slug = try Slug(slug, column: "slug") }
        let made = try products.create(change, variants: [], in: tx)
        try stockUp(SellableID(made.product), input.extras, from: origin, in: tx)
        return .created
    }

    /// Puts what was just made in stock, and has its pictures fetched.
    func stockUp(
        _ sellable: SellableID, _ extras: RowExtras, from origin: RowOrigin, in tx: Transaction
    ) throws {
        if let quantity = extras.openingStock {
            let receipt = StockReceipt(sellable, quantity: quantity, note: "Opening stock, import \(origin.importID)")
            try writing.stock.receive([receipt], by: origin.user, in: tx)
        }
        try orders.place(extras, for: sellable, isNew: true, in: tx)
    }

    /// Returns the category that a row names by `category`, or by `category_path`, which makes what is not there; nil
    /// where it names none.
    private func category(of row: SheetRow, from origin: RowOrigin, isNew: Bool, _ tx: Transaction) throws -> Reference?
    {
        if let cell = row["category"] { return try origin.categories.find(cell, column: "category", tx) }
        if let path = row["category_path"] { return try origin.categories.make(path, categories, in: tx) }
        guard isNew, row.cells["category_path"] != nil else { return nil }
        return try origin.categories.make(CategoryNames.fallback, categories, in: tx)
    }

    private static func vendor(_ slug: String, _ tx: Transaction) throws -> VendorID {
        guard let id = try VendorSlugQueries.id(of: slug, tx) else {
            throw ValidationError(
                "vendor",
                "There is no vendor with this slug. Write that of one, or leave the cell blank for your own goods.")
        }
        return id
    }

    private func isSame(_ change: ProductChange, as known: Product, _ tx: Transaction) throws -> Bool {
        var new = known.draft
        change.apply(to: &new)
        if let category = change.category { new.categoryID = try CategoryQueries.find(category, tx)?.id }
        return new == known.draft
    }
}

/// The cells of a product.
struct ProductRowInput: Input {
    let change: ProductChange
    /// The slug of the vendor; `.some(nil)` for none.
    let vendorSlug: String??
    let extras: RowExtras

    init(_ fields: Fields) {
        var change = ProductChange(fields)
        // Which category a cell names is looked up; here it is only whether a needed one is blank.
        if !fields.isPresent("category_path") || fields.isPresent("category") {
            _ = fields.sent("category") { $0.string($1, length: 1...2_000) }
        }
        extras = RowExtras(fields)
        change.dimensions = Self.dimensions(fields)
        vendorSlug = fields.sent("vendor") { $0.optionalString($1, length: 1...220) }
        self.change = change
    }

    /// Reads three columns that belong together: all of them blank, or none.
    private static func dimensions(_ fields: Fields) -> ProductDimensions?? {
        let names = ["length", "width", "height"]
        guard !fields.isPartial || names.contains(where: fields.isPresent) else { return nil }
        let sides = names.map { fields.optionalDecimal($0, scale: 1, in: 0...1_000_000).map { Int($0) } }
        if sides.allSatisfy({ $0 == nil }) { return .some(nil) }
        for (name, side) in zip(names, sides) where side == nil && !fields.hasFailed(name) {
            fields.fail(name, "A parcel has three sides.")
        }
        return ProductDimensions(length: sides[0] ?? 0, width: sides[1] ?? 0, height: sides[2] ?? 0)
    }
}
