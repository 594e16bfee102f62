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

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: Row) throws {
        self.id = try row[0]
        self.productID = try row[1]
        self.key = try row[2]
        self.altText = try row[3]
        self.displayOrder = try row[4]
        self.width = try row[5]
        self.height = try row[6]
        self.version = try row[7]
        self.variantID = try row[8]
    }
}
