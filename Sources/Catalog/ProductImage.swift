import Commerce
import SQL

/// A picture of a product.
public struct ProductImage: Sendable, Hashable {
    public let id: ImageID
    public let productID: ProductID
    /// The variant that it shows; nil for the product as such.
    public let variantID: VariantID?
    /// The media key.
    public let key: String
    public let altText: String
    public let displayOrder: Int
    /// Pixels.
    public let width: Int
    public let height: Int
    public let version: Int
}

extension ProductImage: RowDecodable {
    static let columns: Query = "id, product_id, image_key, alt_text, display_order, width, height, version, variant_id"

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
