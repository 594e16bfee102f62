import Catalog
import Commerce
import Primitives
import SQL
import Vendors
import Web

/// The rows of variants, and the table as it leaves the shop.
extension ProductSheet {
    private static let ofVariants: Set<String> = [
        "sku", "parent_sku", "price", "price_adjustment", "options", "is_active", "opening_stock", "pictures",
    ]
    private static let chunk = 200

    func applyVariant(
        _ row: SheetRow, _ known: SellableID?, of parent: String, from origin: RowOrigin, in tx: Transaction
    ) throws -> RowEffect {
        try Self.refuse(
            (columns + extraColumns).filter { !Self.ofVariants.contains($0) }, in: row,
            "A variant has this from its product.")
        guard let product = try CatalogRecordQueries.sellable(sku: parent, tx), product.variant == nil else {
            throw ValidationError(
                "parent_sku", "There is no product with this SKU. Put the product's row before those of its variants.")
        }
        let input = try reader.read(VariantRowInput.self, cells: row.cells, isPartial: known != nil)
        let reference = Reference.id(product.product.rawValue)
        guard let known else {
            let made = try variants.add(input.draft, to: reference, in: tx)
            try stockUp(made, input.extras, from: origin, in: tx)
            return .created
        }
        let others = try CatalogRecordQueries.variants(of: product.product, tx)
        guard let variant = others.first(where: { $0.sellable == known }) else {
            throw ValidationError("parent_sku", "This SKU belongs to another product.")
        }
        try orders.place(input.extras, for: known, isNew: false, in: tx)
        var draft = variant.draft
        input.change.apply(to: &draft)
        if draft == variant.draft { return .unchanged }
        _ = try variants.update(
            variant.id, of: reference, input.change, by: origin.user, check: { _ in }, in: tx)
        return .updated
    }

    func export(_ connection: Connection, line: ([CSVText.Cell]) throws -> Void) throws {
        let slugs = Slugs(
            categories: Dictionary(
                try CategoryQueries.all(connection).map { ($0.id, $0.slug) }, uniquingKeysWith: { first, _ in first }),
            vendors: try VendorSlugQueries.all(connection))
        var last = ""
        while true {
            let page = try CatalogRecordQueries.products(after: last, limit: Self.chunk, connection)
            guard let end = page.last else { return }
            let variants = try CatalogRecordQueries.variants(of: page.products.map(\.id), connection)
            for product in page.products {
                try line(cells(product, slugs))
                for variant in variants[product.id] ?? [] { try line(cells(variant, of: product)) }
            }
            last = end
        }
    }

    private struct Slugs {
        let categories: [CategoryID: String]
        let vendors: [VendorID: String]
    }

    private func cells(_ product: Product, _ slugs: Slugs) -> [CSVText.Cell] {
        let draft = product.draft
        let money = { (amount: Money) in CSVText.Cell.plain(reader.currency.text(amount)) }
        let side = { (millimeters: Int?) in
            CSVText.Cell.plain(millimeters.map { Int64($0).decimalText(scale: 1) } ?? "")
        }
        return row([
            "sku": .text(draft.sku),
            "slug": .plain(product.slug),
            "name": .text(draft.name),
            "category": .plain(draft.categoryID.flatMap { slugs.categories[$0] } ?? ""),
            "vendor": .plain(draft.vendorID.flatMap { slugs.vendors[$0] } ?? ""),
            "price": money(draft.price),
            "compare_at_price": draft.compareAtPrice.map(money),
            "tax_class": .text(draft.taxClass),
            "short_description": .text(draft.shortDescription),
            "description": .text(draft.description),
            "weight": .plain(draft.weight.map { Int64($0).decimalText(scale: 3) } ?? ""),
            "length": side(draft.dimensions?.length),
            "width": side(draft.dimensions?.width),
            "height": side(draft.dimensions?.height),
            "is_active": .plain(String(draft.isActive)),
            "is_featured": .plain(String(draft.isFeatured)),
            "approval_status": .plain(draft.approval.rawValue),
        ])
    }

    private func cells(_ variant: ProductVariant, of product: Product) -> [CSVText.Cell] {
        let draft = variant.draft
        let adjustment = draft.price.adjustment
        return row([
            "sku": .text(draft.sku),
            "parent_sku": .text(product.draft.sku),
            "price": .plain(draft.price.own.map { reader.currency.text($0) } ?? ""),
            "price_adjustment": .plain(adjustment == .zero ? "" : reader.currency.text(adjustment)),
            "options": .text(OptionText.text(draft.options)),
            "is_active": .plain(String(draft.isActive)),
        ])
    }

    /// Returns a line of the table, blank in each column that `cells` does not name.
    private func row(_ cells: [String: CSVText.Cell?]) -> [CSVText.Cell] {
        columns.map { (cells[$0] ?? nil) ?? .plain("") }
    }
}

/// The cells of a variant.
struct VariantRowInput: Input {
    let change: VariantChange
    let extras: RowExtras

    init(_ fields: Fields) {
        extras = RowExtras(fields)
        var change = VariantChange()
        change.sku = fields.sent("sku") { $0.string($1, length: 1...100) }
        change.options = fields.sent("options") { Self.options($0, $1) }
        change.price = Self.price(fields)
        change.isActive = fields.sent("is_active") { $0.boolean($1, .optional(true)) }
        self.change = change
    }

    /// Reads two columns that state one price: where both are blank, the variant costs what its product costs.
    private static func price(_ fields: Fields) -> VariantPrice? {
        let own = fields.optionalMoney("price")
        let adjustment = fields.optionalMoney("price_adjustment", in: .minimum ... .maximum)
        if own != nil, adjustment != nil {
            fields.fail("price_adjustment", "A variant with a price has no adjustment.")
        }
        if let own { return .own(own) }
        if let adjustment { return .adjusted(by: adjustment) }
        let isSaid = fields.isPresent("price") && fields.isPresent("price_adjustment")
        return isSaid || !fields.isPartial ? .adjusted(by: .zero) : nil
    }

    private static func options(_ fields: Fields, _ name: String) -> [VariantOption] {
        let text = fields.optionalString(name, length: 0...10_000) ?? ""
        guard let options = OptionText.options(text) else {
            fields.fail(name, "Write options as Color=Red|Size=M.")
            return []
        }
        let lengths = (type: 1...100, value: 1...200)
        let isValid = options.allSatisfy {
            lengths.type.contains($0.type.unicodeScalars.count) && lengths.value.contains($0.value.unicodeScalars.count)
        }
        if !isValid || options.count > 20 {
            fields.fail(name, "A type has 1 to 100 characters, a value 1 to 200; there are 20 options at most.")
        }
        if Set(options.map(\.type)).count < options.count {
            fields.fail(name, "Each type of option may stand only once.")
        }
        return options
    }

    var draft: VariantDraft { VariantInput.draft(of: change) }
}
