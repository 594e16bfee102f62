import Catalog
import Commerce
import HTTPTypes
import Jobs
import Pictures
import Primitives
import SQL
import Vendors
import Web

/// The endpoints by which staff upload and edit the pictures of products and categories, and vendors those of their
/// products.
public struct PictureRoutes: Sendable {
    let database: any Database
    let uploads: PictureUploads
    let limit: Int

    /// Creates the endpoints; `limit` is the most bytes of an upload, 10 MiB by default; `events` is told of
    /// each change of a product.
    public init(
        database: any Database, time: TimeSource, studio: PictureStudio, jobs: JobQueue, limit: Int = 10 << 20,
        events: ProductEvents = .silent
    ) {
        self.database = database
        self.uploads = PictureUploads(
            database: database, time: time, studio: studio, jobs: jobs, events: events)
        self.limit = limit
    }

    /// The endpoints under the tag `Picture editing`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Picture editing", "Pictures of products and categories.",
            [
                Endpoint(
                    .post, "/api/products/{product}/images/", "Adds a picture to a product: JPEG, PNG or WebP.",
                    access: ProductRoutes.access, status: .created, use: add
                ).form(limit: limit).leased().refusing(.notFound, .contentTooLarge, .serviceUnavailable),
                Endpoint(
                    .patch, "/api/products/{product}/images/{image_id}/", "Changes words and order of a picture.",
                    access: ProductRoutes.access, in: database, use: update
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .delete, "/api/products/{product}/images/{image_id}/", "Takes a picture off its product.",
                    access: ProductRoutes.access, status: .noContent, in: database, use: delete
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .post, "/api/categories/{category}/image/", "Gives a category a picture: JPEG, PNG or WebP.",
                    access: ProductRoutes.staff, use: setCategoryImage
                ).form(limit: limit).refusing(.notFound, .contentTooLarge, .serviceUnavailable),
                Endpoint(
                    .delete, "/api/categories/{category}/image/", "Takes the picture off a category.",
                    access: ProductRoutes.staff, status: .noContent, in: database, use: deleteCategoryImage
                ).refusing(.notFound),
            ])
    }

    private func add(_ call: APIRequest, _ input: PictureInput) async throws -> ImageBody {
        let (reference, caller) = (Reference(try call.text("product")), try call.caller())
        if !caller.may(ProductRoutes.permission) {
            // Before a picture is read; what holds when it is written is seen there again.
            try await database.read {
                let vendor = try VendorAccess.vendor(of: caller.userID, $0)
                guard vendor.status == .approved else { throw VendorError.notApproved(vendor.status) }
                guard try ProductService.ownership(of: reference, $0)?.vendor == vendor.id else { throw NotFound() }
            }
        }
        let image = try await uploads.add(
            input.image.bytes, to: reference, input.variant, altText: input.altText, displayOrder: input.displayOrder
        ) { tx in
            try call.confirmSession(in: tx)
            try require(call, tx)
        }
        return ImageBody(image, baseURL: call.baseURL)
    }

    /// Refuses a vendor the pictures of somebody else's product.
    private func require(_ call: APIRequest, _ tx: Transaction) throws {
        try ProductAuthor(call, tx).require(Reference(try call.text("product")), tx)
    }

    private func update(_ call: APIRequest, _ input: PictureEdit, _ tx: Transaction) throws -> ImageBody {
        try require(call, tx)
        try recordBefore(call, tx)
        let image = try uploads.images.update(
            try call.id("image_id"), of: Reference(try call.text("product")), input.edit, check: call.checkVersion,
            in: tx)
        return ImageBody(image, baseURL: call.baseURL)
    }

    private func delete(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        try require(call, tx)
        try recordBefore(call, tx)
        try uploads.images.delete(
            try call.id("image_id"), of: Reference(try call.text("product")), check: call.checkVersion, in: tx)
        return NoContent()
    }

    private func setCategoryImage(_ call: APIRequest, _ input: CategoryPictureInput) async throws -> CategoryBody {
        try await uploads.set(
            input.image.bytes, of: Reference(try call.text("category")), holding: call.confirmSession
        ) { category, tx in
            try CategoryBody(of: category, in: uploads.categories, call, tx)
        }
    }

    private func deleteCategoryImage(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        let reference = Reference(try call.text("category"))
        if call.audit != nil {
            let category = try uploads.categories.find(reference, tx)
            try call.recordBefore(try CategoryBody(of: category, in: uploads.categories, call, tx))
        }
        _ = try uploads.categories.setImage(nil, of: reference, in: tx)
        return NoContent()
    }

    /// Has the audit know a picture as it is before a change.
    private func recordBefore(_ call: APIRequest, _ tx: Transaction) throws {
        guard call.audit != nil else { return }
        let image = try uploads.images.image(
            try call.id("image_id"), of: Reference(try call.text("product")), tx)
        try call.recordBefore(ImageBody(image, baseURL: call.baseURL))
    }
}

/// A picture of a product as a form.
struct PictureInput: Input {
    let image: UploadedFile
    let variant: VariantID?
    let altText: String
    let displayOrder: Int?

    init(_ fields: Fields) {
        image = fields.file("image")
        variant = fields.optionalID("variant_id")
        altText = fields.string("alt_text", .optional(""), length: 0...255)
        displayOrder = fields.optionalInteger("display_order", in: 0...1_000_000)
    }
}

/// The fields that can be changed of a picture.
struct PictureEdit: Input {
    let edit: ImageService.Edit

    init(_ fields: Fields) {
        edit = ImageService.Edit(
            altText: fields.sent("alt_text") { $0.string($1, .optional(""), length: 0...255) },
            displayOrder: fields.optionalInteger("display_order", in: 0...1_000_000),
            variant: fields.sent("variant_id") { $0.optionalID($1) })
    }
}

/// A picture of a category as a form.
struct CategoryPictureInput: Input {
    let image: UploadedFile

    init(_ fields: Fields) {
        image = fields.file("image")
    }
}
