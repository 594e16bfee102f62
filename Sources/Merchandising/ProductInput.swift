import Catalog
import Commerce
import Web

/// The fields that staff send of a product: all with POST and PUT, some with PATCH.
struct ProductInput: Input {
    let change: ProductChange

    init(_ fields: Fields) {
        var change = ProductChange(fields)
        change.category = fields.sent("category") { Reference($0.string($1, length: 1...220)) }
        change.basePrice = fields.ifSent("base_price") { $0.optionalMoney($1) } ?? nil
        change.vendor = fields.ifSent("vendor") { $0.optionalID($1) }
        change.slug = fields.optionalSlug("slug")
        change.dimensions = fields.sent("dimensions") {
            $0.optionalObject($1, DimensionsInput.self)?.dimensions
        }
        self.change = change
    }
}

extension ProductChange {
    /// Reads the fields that are the same in requests and in tables.
    init(_ fields: Fields) {
        var change = ProductChange()
        change.name = fields.sent("name") { $0.string($1, length: 1...255) }
        change.sku = fields.sent("sku") { $0.string($1, length: 1...100) }
        change.price = fields.sent("price") { $0.money($1) }
        change.shortDescription = fields.sent("short_description") {
            $0.string($1, .optional(""), length: 0...500)
        }
        change.description = fields.sent("description") {
            $0.string($1, .optional(""), length: 0...100_000)
        }
        change.compareAtPrice = fields.sent("compare_at_price") { $0.optionalMoney($1) }
        change.taxClass = fields.ifSent("tax_class") {
            TaxClass.normal($0.string($1, .optional(TaxClass.standard), length: 1...50))
        }
        change.weight = fields.sent("weight") {
            $0.optionalDecimal($1, scale: 3, in: 0...1_000_000_000).map { Int($0) }
        }
        change.isActive = fields.ifSent("is_active") { $0.boolean($1, .optional(true)) }
        change.isFeatured = fields.sent("is_featured") { $0.boolean($1, .optional(false)) }
        change.approval = fields.ifSent("approval_status") { $0.choice($1, .optional(.approved)) }
        self = change
    }
}

/// A new product with its variants and their stock.
struct NewProductInput: Input {
    let change: ProductChange
    let variants: [VariantInput]
    let stockQuantity: Int

    init(_ fields: Fields) {
        change = ProductInput(fields).change
        variants = fields.list("variants", of: VariantInput.self, limit: 100)
        stockQuantity = fields.integer("stock_quantity", .optional(0), in: 0...1_000_000_000)
    }
}

/// The size of a parcel in centimeters, to a millimeter.
struct DimensionsInput: Input {
    let dimensions: ProductDimensions

    init(_ fields: Fields) {
        dimensions = ProductDimensions(
            length: Self.side("length", fields), width: Self.side("width", fields),
            height: Self.side("height", fields))
    }

    private static func side(_ name: String, _ fields: Fields) -> Int {
        let side = fields.optionalDecimal(name, scale: 1, in: 0...1_000_000)
        if side == nil, !fields.hasFailed(name) { fields.fail(name, "This field is required.") }
        return side.map { Int($0) } ?? 0
    }
}

/// The fields that staff send of a variant: all with POST, some with PATCH.
struct VariantInput: Input {
    let change: VariantChange
    /// The units to put into stock when the variant is created.
    let stockQuantity: Int

    init(_ fields: Fields) {
        var change = VariantChange()
        change.sku = fields.sent("sku") { $0.string($1, length: 1...100) }
        change.options = Self.options(fields)
        (change.price, change.adjustment) = Self.price(fields)
        change.isActive = fields.ifSent("is_active") { $0.boolean($1, .optional(true)) }
        self.change = change
        stockQuantity = fields.integer("stock_quantity", .optional(0), in: 0...1_000_000_000)
    }

    /// Reads `options`, or the single pair of `variant_type` and `variant_value`.
    private static func options(_ fields: Fields) -> [VariantOption]? {
        let sent = fields.sent("options") { $0.list($1, of: OptionInput.self, limit: 20).map(\.option) }
        let type = fields.optionalString("variant_type", length: 1...100)
        let value = fields.optionalString("variant_value", length: 1...200)
        if Set((sent ?? []).map(\.type)).count < (sent ?? []).count {
            fields.fail("options", "Each type of option may stand only once.")
        }
        guard sent?.isEmpty ?? true, let type, let value else { return sent }
        return [VariantOption(type: type, value: value)]
    }

    /// Returns the price that was sent, and the adjustment that was sent beside a price of its own.
    private static func price(_ fields: Fields) -> (VariantPrice?, Money?) {
        let own = fields.optionalMoney("price")
        let adjustment = fields.optionalMoney("price_adjustment", in: .minimum ... .maximum)
        if let own { return (.own(own), adjustment) }
        if let adjustment { return (.adjusted(by: adjustment), nil) }
        let isSaid = fields.isPresent("price") || fields.isPresent("price_adjustment")
        return (isSaid || !fields.isPartial ? .adjusted(by: .zero) : nil, nil)
    }

    /// The variant of a request that is whole.
    var draft: VariantDraft { Self.draft(of: change) }

    static func draft(of change: VariantChange) -> VariantDraft {
        VariantDraft(
            sku: change.sku ?? "", options: change.options ?? [], price: change.price ?? .adjusted(by: .zero),
            isActive: change.isActive ?? true)
    }
}

/// An option of a variant.
struct OptionInput: Input {
    let option: VariantOption

    init(_ fields: Fields) {
        option = VariantOption(
            type: fields.string("type", length: 1...100), value: fields.string("value", length: 1...200))
    }
}
