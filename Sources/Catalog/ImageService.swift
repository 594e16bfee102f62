import Commerce
import Pictures
import Primitives
import SQL

/// Stores the pictures of products, and keeps each product's first picture on the product's row, where lists read it.
///
/// A picture's file stays when its row goes: orders may show it, and the same content may serve other products.
public struct ImageService: Sendable {
    let time: TimeSource
    let events: ProductEvents

    /// Creates a service that stamps rows by `time` and tells `events` of each change of a product.
    public init(time: TimeSource, events: ProductEvents = .silent) {
        self.time = time
        self.events = events
    }

    /// Returns the id of the product that a picture is for, so that an unknown one is refused before the upload is
    /// read.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func product(_ reference: Reference, _ connection: Connection) throws -> ProductID {
        guard let id = try ProductQueries.id(reference, connection) else { throw NotFound() }
        return id
    }

    /// Returns a picture of a product.
    ///
    /// - Throws: `NotFound`.
    public func image(_ id: ImageID, of reference: Reference, _ connection: Connection) throws -> ProductImage {
        try Self.require(id, of: try product(reference, connection), connection)
    }

    /// Adds a stored picture to a product or one of its variants, behind the others where `displayOrder` is nil.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `variant_id`, `SQLError`.
    public func add(
        _ picture: StoredPicture, to sellable: SellableID, altText: String, displayOrder: Int?, in tx: Transaction
    ) throws -> ProductImage {
        let product = sellable.product
        guard try ProductQueries.lock(.id(product.rawValue), tx) != nil else { throw NotFound() }
        try Self.check(sellable.variant, of: product, tx)
        let id = try ImageQueries.insert(
            picture, of: sellable, altText: altText, displayOrder: displayOrder, at: time.now, tx)
        try touchProduct(product, tx)
        return try Self.require(id, of: product, tx)
    }

    /// The changes that a request asks for in a picture; nil leaves a value as it is.
    public struct Edit: Sendable {
        let altText: String?
        let displayOrder: Int?
        /// Nil inside is the product as such.
        let variant: VariantID??

        /// Collects changes; a `variant` of `.some(nil)` makes the picture one of the product as such.
        public init(altText: String?, displayOrder: Int?, variant: VariantID??) {
            self.altText = altText
            self.displayOrder = displayOrder
            self.variant = variant
        }
    }

    /// Changes a picture's alternative text, its place in the order and the variant that it shows. `check` sees its
    /// version, under the lock.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `variant_id`, `SQLError`, whatever `check` throws.
    public func update(
        _ id: ImageID, of reference: Reference, _ edit: Edit, check: (Int) throws -> Void, in tx: Transaction
    ) throws -> ProductImage {
        guard let product = try ProductQueries.lock(reference, tx)?.id else { throw NotFound() }
        let image = try Self.require(id, of: product, tx)
        try check(image.version)
        let variant = edit.variant ?? image.variantID
        try Self.check(variant, of: product, tx)
        try ImageQueries.update(
            id, altText: edit.altText ?? image.altText, displayOrder: edit.displayOrder ?? image.displayOrder,
            variant: variant, tx)
        try touchProduct(product, tx)
        return try Self.require(id, of: product, tx)
    }

    /// Removes a picture from its product; `check` sees its version, under the lock.
    ///
    /// - Throws: `NotFound`, `SQLError`, whatever `check` throws.
    public func delete(
        _ id: ImageID, of reference: Reference, check: (Int) throws -> Void, in tx: Transaction
    ) throws {
        guard let product = try ProductQueries.lock(reference, tx)?.id else { throw NotFound() }
        try check(try Self.require(id, of: product, tx).version)
        try ImageQueries.delete(id, tx)
        try touchProduct(product, tx)
    }

    private func touchProduct(_ product: ProductID, _ tx: Transaction) throws {
        try ProductQueries.refreshImage(product, tx)
        try VariantQueries.refreshImages(of: product, tx)
        try ProductQueries.touch(product, at: time.now, tx)
        try events.updated(product, in: tx)
        tx.catalogChanged()
    }

    private static func check(_ variant: VariantID?, of product: ProductID, _ tx: Transaction) throws {
        guard let variant, try !VariantQueries.all(of: product, tx).contains(where: { $0.id == variant }) else {
            return
        }
        throw ValidationError("variant_id", "Invalid pk \"\(variant)\" - object does not exist.")
    }

    private static func require(_ id: ImageID, of product: ProductID, _ connection: Connection) throws -> ProductImage {
        guard let image = try ImageQueries.find(id, of: product, connection) else { throw NotFound() }
        return image
    }
}
