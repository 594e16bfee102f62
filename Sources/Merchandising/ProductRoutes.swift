import Catalog
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import Web

/// The endpoints by which staff edit products and their variants.
public struct ProductRoutes: Sendable {
    static let permission = "products.edit"

    let database: any Database
    let writing: ProductWriting
    let reader: ProductReader
    let currency: Currency

    /// Creates the endpoints; `reader` reads a product for the responses.
    public init(
        database: any Database, time: TimeSource, stock: StockService, currency: Currency,
        reader: @escaping ProductReader
    ) {
        self.database = database
        self.currency = currency
        self.writing = ProductWriting(time: time, stock: stock)
        self.reader = reader
    }

    /// The endpoints under the tag `Product editing`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Product editing", "Products and variants as staff and vendors write them.",
            [create, edit(.put), edit(.patch), delete, addVariant, editVariant, deleteVariant, priceHistory])
    }

    private var create: Endpoint {
        Endpoint(
            .post, "/api/products/", "Makes a product, with variants and stock.", access: .staff(Self.permission),
            status: .created, in: database
        ) { (call: APIRequest, input: NewProductInput, tx) -> ProductDetail in
            let id = try writing.create(
                input.change, quantity: input.stockQuantity,
                variants: input.variants.map { ($0.draft, $0.stockQuantity) }, by: try call.caller().userID, in: tx)
            return try reader(id, call, tx)
        }
    }

    private func edit(_ method: HTTPRequest.Method) -> Endpoint {
        let summary = method == .put ? "Replaces a product's fields." : "Changes some of a product's fields."
        return Endpoint(
            method, "/api/products/{product}/", summary, access: .staff(Self.permission), in: database
        ) { (call: APIRequest, input: ProductInput, tx) -> ProductDetail in
            try noteBefore(call, tx)
            try ProductWriting.check(input.change, tx)
            let id = try writing.products.update(
                Reference(try call.text("product")), input.change, by: call.caller().userID, check: call.checkVersion,
                in: tx)
            try RevisionQueries.move(in: tx)
            return try reader(id, call, tx)
        }
        .refusing(.notFound, .preconditionFailed)
    }

    private var delete: Endpoint {
        Endpoint(
            .delete, "/api/products/{product}/", "Takes a product out of the shop; its orders keep it.",
            access: .staff(Self.permission), status: .noContent, in: database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            try noteBefore(call, tx)
            let id = try writing.products.delete(
                Reference(try call.text("product")), check: call.checkVersion, in: tx)
            try writing.stock.review(id, in: tx)
            try RevisionQueries.move(in: tx)
            return NoContent()
        }
        .refusing(.notFound, .preconditionFailed)
    }

    private var addVariant: Endpoint {
        Endpoint(
            .post, "/api/products/{product}/variants/", "Adds a variant to a product, with stock.",
            access: .staff(Self.permission), status: .created, in: database
        ) { (call: APIRequest, input: VariantInput, tx) -> VariantBody in
            let id = try writing.addVariant(
                input.draft, quantity: input.stockQuantity, to: Reference(try call.text("product")),
                by: try call.caller().userID, in: tx)
            return try body(of: id, call, tx)
        }
        .refusing(.notFound)
    }

    private var editVariant: Endpoint {
        Endpoint(
            .patch, "/api/products/{product}/variants/{variant_id}/", "Changes some of a variant's fields.",
            access: .staff(Self.permission), in: database
        ) { (call: APIRequest, input: VariantInput, tx) -> VariantBody in
            try noteBefore(call, tx)
            let id = try writing.variants.update(
                try call.id("variant_id"), of: Reference(try call.text("product")), input.change,
                by: call.caller().userID, check: call.checkVersion, in: tx)
            try RevisionQueries.move(in: tx)
            return try body(of: id, call, tx)
        }
        .refusing(.notFound, .preconditionFailed)
    }

    private var deleteVariant: Endpoint {
        Endpoint(
            .delete, "/api/products/{product}/variants/{variant_id}/",
            "Takes a variant out of the shop; its orders keep it.", access: .staff(Self.permission), status: .noContent,
            in: database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            try noteBefore(call, tx)
            let gone = try writing.variants.delete(
                try call.id("variant_id"), of: Reference(try call.text("product")), check: call.checkVersion, in: tx)
            try writing.stock.review(gone.product, in: tx)
            try RevisionQueries.move(in: tx)
            return NoContent()
        }
        .refusing(.notFound, .preconditionFailed)
    }

    private var priceHistory: Endpoint {
        Endpoint(
            .get, "/api/products/{product}/price-history/",
            "Lists what a product and its variants cost before, the newest change first.",
            access: .staff(Self.permission)
        ) { (call: APIRequest, input: PageInput) -> Page<PriceChangeBody> in
            let reference = Reference(try call.text("product"))
            return try await database.read { connection in
                guard let id = try ProductQueries.id(reference, connection) else { throw NotFound() }
                let count = try PriceQueries.count(of: id, connection)
                return try Page(count: count, input.page, of: call) {
                    let changes = try PriceQueries.list(of: id, input.page, connection)
                    return changes.map { PriceChangeBody(id: $0.id, $0.change, currency: currency) }
                }
            }
        }
        .refusing(.notFound)
    }

    /// Records the product in the audit as it is before a change.
    private func noteBefore(_ call: APIRequest, _ tx: Transaction) throws {
        guard call.audit != nil, let id = try ProductQueries.id(Reference(try call.text("product")), tx) else { return }
        try call.noteBefore(try reader(id, call, tx))
    }

    private func body(of id: SellableID, _ call: APIRequest, _ tx: Transaction) throws -> VariantBody {
        guard let body = try reader(id.product, call, tx).variants.first(where: { $0.id == id.variant }) else {
            throw NotFound()
        }
        return body
    }
}
