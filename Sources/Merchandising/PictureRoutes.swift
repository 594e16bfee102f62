import Catalog
import Commerce
import HTTPTypes
import Jobs
import Pictures
import Primitives
import SQL
import Web

/// The endpoints by which staff upload and edit the pictures of products and categories.
public struct PictureRoutes: Sendable {
    let database: any Database
    let images: ImageService
    let categories: CategoryService
    let studio: PictureStudio
    let jobs: JobQueue
    let limit: Int

    /// Creates the endpoints; `limit` is the most bytes of an upload, 10 MiB by default.
    public init(
        database: any Database, time: TimeSource, studio: PictureStudio, jobs: JobQueue, limit: Int = 10 << 20
    ) {
        self.database = database
        self.images = ImageService(time: time)
        self.categories = CategoryService(time: time)
        self.studio = studio
        self.jobs = jobs
        self.limit = limit
    }

    /// The endpoints under the tag `Picture editing`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Picture editing", "Pictures of products and categories.",
            [add, edit, delete, setCategoryImage, deleteCategoryImage])
    }

    private var add: Endpoint {
        Endpoint(
            .post, "/api/products/{product}/images/", "Adds a picture to a product: JPEG, PNG or WebP.",
            access: .staff(ProductRoutes.permission), status: .created
        ) { (call: APIRequest, input: PictureInput) -> ImageBody in
            let reference = Reference(try call.text("product"))
            let product = try await database.read { try images.product(reference, $0) }
            let picture = try await studio.keep(input.image.bytes, in: "products")
            let image = try await database.write { tx in
                try call.hold(in: tx)
                let image = try images.add(
                    picture, to: SellableID(product, input.variant), altText: input.altText,
                    displayOrder: input.displayOrder, in: tx)
                try jobs.enqueue(MakePictureSizes(key: picture.key), in: tx)
                try RevisionQueries.move(in: tx)
                return image
            }
            return ImageBody(image, baseURL: call.baseURL)
        }
        .form(limit: limit)
        .refusing(.notFound, .contentTooLarge, .serviceUnavailable)
    }

    private var edit: Endpoint {
        Endpoint(
            .patch, "/api/products/{product}/images/{image_id}/", "Changes words and order of a picture.",
            access: .staff(ProductRoutes.permission), in: database
        ) { (call: APIRequest, input: PictureEdit, tx) -> ImageBody in
            try noteBefore(call, tx)
            let image = try images.update(
                try call.id("image_id"), of: Reference(try call.text("product")), input.edit,
                check: call.checkVersion, in: tx)
            try RevisionQueries.move(in: tx)
            return ImageBody(image, baseURL: call.baseURL)
        }
        .refusing(.notFound, .preconditionFailed)
    }

    private var delete: Endpoint {
        Endpoint(
            .delete, "/api/products/{product}/images/{image_id}/", "Takes a picture off its product.",
            access: .staff(ProductRoutes.permission), status: .noContent, in: database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            try noteBefore(call, tx)
            try images.delete(
                try call.id("image_id"), of: Reference(try call.text("product")), check: call.checkVersion, in: tx)
            try RevisionQueries.move(in: tx)
            return NoContent()
        }
        .refusing(.notFound, .preconditionFailed)
    }

    private var setCategoryImage: Endpoint {
        Endpoint(
            .post, "/api/categories/{category}/image/", "Gives a category a picture: JPEG, PNG or WebP.",
            access: .staff(ProductRoutes.permission)
        ) { (call: APIRequest, input: CategoryPictureInput) -> CategoryBody in
            let reference = Reference(try call.text("category"))
            guard try await database.read({ try CategoryQueries.find(reference, $0) }) != nil else { throw NotFound() }
            let picture = try await studio.keep(input.image.bytes, in: "categories")
            return try await database.write { tx in
                try call.hold(in: tx)
                let category = try categories.setImage(picture.key, of: reference, in: tx)
                try jobs.enqueue(MakePictureSizes(key: picture.key), in: tx)
                try RevisionQueries.move(in: tx)
                return try CategoryRoutes.body(of: category, call, tx)
            }
        }
        .form(limit: limit)
        .refusing(.notFound, .contentTooLarge, .serviceUnavailable)
    }

    private var deleteCategoryImage: Endpoint {
        Endpoint(
            .delete, "/api/categories/{category}/image/", "Takes the picture off a category.",
            access: .staff(ProductRoutes.permission), status: .noContent, in: database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            if call.audit != nil,
                let category = try CategoryQueries.find(Reference(try call.text("category")), tx)
            {
                try call.noteBefore(try CategoryRoutes.body(of: category, call, tx))
            }
            _ = try categories.setImage(nil, of: Reference(try call.text("category")), in: tx)
            try RevisionQueries.move(in: tx)
            return NoContent()
        }
        .refusing(.notFound)
    }
}

extension PictureRoutes {
    /// Records a picture in the audit as it is before a change.
    private func noteBefore(_ call: APIRequest, _ tx: Transaction) throws {
        guard call.audit != nil else { return }
        let product = try images.product(Reference(try call.text("product")), tx)
        let id = try call.id("image_id", as: ImageID.self)
        if let image = try ImageQueries.all(of: product, tx).first(where: { $0.id == id }) {
            try call.noteBefore(ImageBody(image, baseURL: call.baseURL))
        }
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
            altText: fields.sent("alt_text") { $0.string("alt_text", .optional(""), length: 0...255) },
            displayOrder: fields.optionalInteger("display_order", in: 0...1_000_000),
            variant: fields.sent("variant_id") { $0.optionalID("variant_id") })
    }
}

/// A picture of a category as a form.
struct CategoryPictureInput: Input {
    let image: UploadedFile

    init(_ fields: Fields) {
        image = fields.file("image")
    }
}
