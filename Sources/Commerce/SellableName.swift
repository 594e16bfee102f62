import SQL

/// What a product or a variant is called on lists and labels.
public struct SellableName: Sendable, Hashable {
    /// The product's name.
    public let product: String
    /// The stock-keeping unit of the variant, or of the product without variants.
    public let sku: String
    /// The variant's options; empty for a product without variants.
    public let options: [VariantOption]

    /// Names what is sold.
    public init(product: String, sku: String, options: [VariantOption]) {
        self.product = product
        self.sku = sku
        self.options = options
    }

    /// The values of the options, `M, red`; blank for a product without variants.
    public var variant: String { options.map(\.value).joined(separator: ", ") }
}

/// Reads what each of these is called, deleted ones too, in one statement. An id that never was is left out. Throws
/// `SQLError`.
public typealias SellableNameReader = @Sendable ([SellableID], Connection) throws -> [SellableID: SellableName]
