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
            "Category editing", "Categories as staff write them.", [create, edit(.put), edit(.patch), delete])
    }

    private var create: Endpoint {
        Endpoint(
            .post, "/api/categories/", "Makes a category.", access: .staff(ProductRoutes.permission), status: .created,
            in: database
        ) { (call: APIRequest, input: CategoryInput, tx) -> CategoryBody in
            let category = try categories.create(input.change, in: tx)
            try RevisionQueries.move(in: tx)
            return try Self.body(of: category, call, tx)
        }
    }

    private func edit(_ method: HTTPRequest.Method) -> Endpoint {
        let summary = method == .put ? "Replaces a category's fields." : "Changes some of a category's fields."
        return Endpoint(
            method, "/api/categories/{category}/", summary, access: .staff(ProductRoutes.permission), in: database
        ) { (call: APIRequest, input: CategoryInput, tx) -> CategoryBody in
            let category = try categories.update(
                Reference(try call.text("category")), input.change, check: { try Self.check($0, call, tx) }, in: tx)
            try RevisionQueries.move(in: tx)
            return try Self.body(of: category, call, tx)
        }
        .refusing(.notFound, .preconditionFailed)
    }

    private var delete: Endpoint {
        Endpoint(
            .delete, "/api/categories/{category}/", "Removes a category that holds nothing.",
            access: .staff(ProductRoutes.permission), status: .noContent, in: database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            try categories.delete(
                Reference(try call.text("category")), check: { try Self.check($0, call, tx) }, in: tx)
            try RevisionQueries.move(in: tx)
            return NoContent()
        }
        .refusing(.notFound, .conflict, .preconditionFailed)
    }

    /// Compares the version with `If-Match`, and records the category in the audit as it is.
    private static func check(_ category: Catalog.Category, _ call: APIRequest, _ tx: Transaction) throws {
        try call.checkVersion(category.version)
        if call.audit != nil { try call.noteBefore(try body(of: category, call, tx)) }
    }

    /// Returns the category with all that lies below it, hidden ones included.
    static func body(
        of category: Catalog.Category, _ call: APIRequest, _ connection: Connection
    ) throws -> CategoryBody {
        CategoryForest(try CategoryQueries.all(connection), baseURL: call.baseURL).body(of: category)
    }
}

/// The fields that staff send of a category: all with POST and PUT, some with PATCH.
struct CategoryInput: Input {
    let change: CategoryChange

    init(_ fields: Fields) {
        change = CategoryChange(
            name: fields.sent("name") { $0.string("name", length: 1...200) },
            description: fields.sent("description") { $0.string("description", .optional(""), length: 0...10_000) },
            parent: fields.sent("parent") { $0.optionalString("parent", length: 1...220).map { Reference($0) } },
            isActive: fields.named("is_active") { $0.boolean("is_active", .optional(true)) })
    }
}
