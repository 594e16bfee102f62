import Commerce
import SQL

/// A picture of a product.
public struct ProductImage: Sendable, Hashable {
    /// The primary key.
    public let id: ImageID
    /// The product whose picture this is, whether or not it shows a variant.
    public let productID: ProductID
    /// The variant that it shows; nil for the product as such.
    public let variantID: VariantID?
    /// The media key.
    public let key: String
    /// The alternative text, at most 255 characters; may be empty.
    public let altText: String
    /// The place among the product's pictures, lowest first; ties go by id.
    public let displayOrder: Int
    /// The width of the stored picture in pixels.
    public let width: Int
    /// The height of the stored picture in pixels.
    public let height: Int
    /// Counts changes of the row, for `If-Match`.
    public let version: Int
}

extension ProductImage: RowDecodable {
    static let columns: Query = "id, product_id, image_key, alt_text, display_order, width, height, version, variant_id"

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        self.id = try row()
        self.productID = try row()
        self.key = try row()
        self.altText = try row()
        self.displayOrder = try row()
        self.width = try row()
        self.height = try row()
        self.version = try row()
        self.variantID = try row()
    }
}
