import Catalog
import Commerce
import Jobs
import Pictures
import Primitives
import SQL

/// Takes pictures in: reads and keeps the file first, then writes the row that names it, with a job for its smaller
/// sizes.
public struct PictureUploads: Sendable {
    /// Holds the session of who sent the picture in the transaction that writes it.
    public typealias Hold = @Sendable (Transaction) throws -> Void

    let database: any Database
    let images: ImageService
    let categories: CategoryService
    let studio: PictureStudio
    let jobs: JobQueue

    /// Creates a service; `studio` checks and stores the files, `jobs` takes the jobs for their sizes,
    /// `events` is told of each change of a product.
    public init(
        database: any Database, time: TimeSource, studio: PictureStudio, jobs: JobQueue,
        events: ProductEvents = .silent
    ) {
        self.database = database
        self.images = ImageService(time: time, events: events)
        self.categories = CategoryService(time: time)
        self.studio = studio
        self.jobs = jobs
    }

    /// Adds a picture to a product, or to one of its variants, behind the others where `displayOrder` is nil.
    ///
    /// - Throws: `NotFound`, an error of the picture itself, `ValidationError` on `variant_id`, what `hold` throws,
    ///   `SQLError`.
    public func add(
        _ bytes: [UInt8], to reference: Reference, _ variant: VariantID?, altText: String, displayOrder: Int?,
        holding hold: @escaping Hold
    ) async throws -> ProductImage {
        let product = try await database.read { try images.product(reference, $0) }
        let picture = try await studio.store(bytes, in: "products")
        return try await database.write { tx in
            try hold(tx)
            let image = try images.add(
                picture, to: SellableID(product, variant), altText: altText, displayOrder: displayOrder, in: tx)
            try jobs.enqueue(MakePictureSizes(key: picture.key), in: tx)
            return image
        }
    }

    /// Gives a category a picture; `read` sees the category in the transaction that has changed it.
    ///
    /// - Throws: `NotFound`, an error of the picture itself, what `hold` and `read` throw, `SQLError`.
    public func set<Value: Sendable>(
        _ bytes: [UInt8], of reference: Reference, holding hold: @escaping Hold,
        _ read: @escaping @Sendable (Catalog.Category, Transaction) throws -> Value
    ) async throws -> Value {
        _ = try await database.read { try categories.find(reference, $0) }
        let picture = try await studio.store(bytes, in: "categories")
        return try await database.write { tx in
            try hold(tx)
            let category = try categories.setImage(picture.key, of: reference, in: tx)
            try jobs.enqueue(MakePictureSizes(key: picture.key), in: tx)
            return try read(category, tx)
        }
    }
}
