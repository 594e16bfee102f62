import Catalog
import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints by which staff edit categories.
public struct CategoryRoutes: Sendable {
    let database: any Database
    let categories: CategoryService

    /// Creates the endpoints; rows are stamped by `time`.
    public init(database: any Database, time: TimeSource) {
        self.database = database
        self.categories = CategoryService(time: time)
    }

    /// The endpoints under the tag `Category editing`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Category editing", "Categories as staff write them.",
            [
                Endpoint(
                    .post, "/api/categories/", "Makes a category.", access: ProductRoutes.staff, status: .created,
                    in: database, use: create),
                edit(.put, "Replaces a category's fields."), edit(.patch, "Changes some of a category's fields."),
                Endpoint(
                    .put, "/api/categories/{category}/move/",
                    "Exchanges a category's place with that of the one before or behind it under the same parent.",
                    access: ProductRoutes.staff, in: database, use: move
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .delete, "/api/categories/{category}/", "Removes a category that holds nothing.",
                    access: ProductRoutes.staff, status: .noContent, in: database, use: delete
                ).refusing(.notFound, .conflict, .preconditionFailed),
            ])
    }

    private func edit(_ method: HTTPRequest.Method, _ summary: String) -> Endpoint {
        Endpoint(
            method, "/api/categories/{category}/", summary, access: ProductRoutes.staff, in: database, use: update
        ).refusing(.notFound, .preconditionFailed)
    }

    private func create(_ call: APIRequest, _ input: CategoryInput, _ tx: Transaction) throws -> CategoryBody {
        if let slug = input.change.slug { try categories.requireFree(slug, in: tx) }
        return try CategoryBody(of: try categories.create(input.change, in: tx), in: categories, call, tx)
    }

    private func update(_ call: APIRequest, _ input: CategoryInput, _ tx: Transaction) throws -> CategoryBody {
        let category = try categories.update(
            Reference(try call.text("category")), input.change, check: { try check($0, call, tx) }, in: tx)
        return try CategoryBody(of: category, in: categories, call, tx)
    }

    private func move(_ call: APIRequest, _ input: CategoryMoveInput, _ tx: Transaction) throws -> CategoryBody {
        let category = try categories.move(
            Reference(try call.text("category")), input.direction, check: { try check($0, call, tx) }, in: tx)
        return try CategoryBody(of: category, in: categories, call, tx)
    }

    private func delete(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        try categories.delete(Reference(try call.text("category")), check: { try check($0, call, tx) }, in: tx)
        return NoContent()
    }

    /// Holds the version against `If-Match`, and has the audit know the category as it is.
    private func check(_ category: Catalog.Category, _ call: APIRequest, _ tx: Transaction) throws {
        try call.checkVersion(category.version)
        if call.audit != nil { try call.recordBefore(try CategoryBody(of: category, in: categories, call, tx)) }
    }
}

extension CategoryBody {
    /// Creates the body of a category with all that lies below it, hidden ones included.
    init(
        of category: Catalog.Category, in categories: CategoryService, _ call: APIRequest, _ connection: Connection
    ) throws {
        self = CategoryForest(try categories.all(connection), baseURL: call.baseURL).body(of: category)
    }
}

/// The fields that staff send of a category: all with POST and PUT, some with PATCH.
struct CategoryInput: Input {
    let change: CategoryChange

    init(_ fields: Fields) {
        var change = CategoryChange(
            name: fields.sent("name") { $0.string($1, length: 1...200) },
            description: fields.sent("description") { $0.string($1, .optional(""), length: 0...10_000) },
            parent: fields.sent("parent") { $0.optionalString($1, length: 1...220).map { Reference($0) } },
            isActive: fields.ifSent("is_active") { $0.boolean($1, .optional(true)) })
        change.displayOrder = fields.ifSent("display_order") { $0.integer($1, .optional(0), in: 0...1_000_000) }
        change.slug = fields.optionalSlug("slug")
        self.change = change
    }
}

/// The direction in which a category moves among those with the same parent.
struct CategoryMoveInput: Input {
    let direction: CategoryStep

    init(_ fields: Fields) {
        direction = fields.choice("direction")
    }
}

extension Fields {
    /// Reads a name in addresses as it is to stand there; nil where it was not sent, null or blank.
    func optionalSlug(_ name: String) -> Slug? {
        guard let text = optionalString(name, length: 0...200) else { return nil }
        if let slug = Slug(exact: text) { return slug }
        fail(name, Slug.rule)
        return nil
    }
}
