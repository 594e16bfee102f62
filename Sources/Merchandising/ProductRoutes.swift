import Catalog
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import Vendors
import Web

/// The endpoints by which staff edit products and their variants, and vendors their own.
public struct ProductRoutes: Sendable {
    static let permission = "products.edit"
    static let staff = Access.staff(permission)
    static let access = Access.vendorOr(permission)

    let database: any Database
    let writing: ProductWriting
    let reader: ProductReader
    let currency: Currency
    let approval: ProductApproval

    /// Creates the endpoints; `reader` reads a product for the responses, `events` is told of each change. What vendors
    /// make waits for staff, unless it is approved by itself.
    public init(
        database: any Database, time: TimeSource, stock: StockService, currency: Currency,
        approvesVendors: Bool = false, reader: @escaping ProductReader, events: ProductEvents = .silent
    ) {
        approval = ProductApproval(isAutomatic: approvesVendors)
        self.database = database
        self.currency = currency
        self.writing = ProductWriting(time: time, stock: stock, events: events)
        self.reader = reader
    }

    /// The endpoints under the tag `Product editing`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Product editing", "Products and variants as staff and vendors write them.",
            [
                Endpoint(
                    .post, "/api/products/", "Makes a product, with variants and stock.", access: Self.access,
                    status: .created, in: database, use: create),
                edit(.put, "Replaces a product's fields."), edit(.patch, "Changes some of a product's fields."),
                Endpoint(
                    .delete, "/api/products/{product}/", "Takes a product out of the shop; its orders keep it.",
                    access: Self.access, status: .noContent, in: database, use: delete
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .post, "/api/products/{product}/variants/", "Adds a variant to a product, with stock.",
                    access: Self.access, status: .created, in: database, use: addVariant
                ).refusing(.notFound),
                Endpoint(
                    .patch, "/api/products/{product}/variants/{variant_id}/", "Changes some of a variant's fields.",
                    access: Self.access, in: database, use: updateVariant
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .delete, "/api/products/{product}/variants/{variant_id}/",
                    "Takes a variant out of the shop; its orders keep it.", access: Self.access, status: .noContent,
                    in: database, use: deleteVariant
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .get, "/api/products/{product}/price-history/",
                    "Lists what a product and its variants cost before, the newest change first.",
                    access: Self.access, use: priceHistory
                ).refusing(.notFound),
            ])
    }

    private func edit(_ method: HTTPRequest.Method, _ summary: String) -> Endpoint {
        Endpoint(method, "/api/products/{product}/", summary, access: Self.access, in: database, use: update)
            .refusing(.notFound, .preconditionFailed)
    }

    private func create(_ call: APIRequest, _ input: NewProductInput, _ tx: Transaction) throws -> ProductDetail {
        let author = try ProductAuthor(call, tx)
        var change = author.restricted(input.change)
        if case .vendor(let vendor) = author { change = approval.placed(change, of: vendor) }
        let id = try writing.create(
            change, quantity: input.stockQuantity, variants: input.variants.map { ($0.draft, $0.stockQuantity) },
            by: try call.caller().userID, in: tx)
        return try call.recorded(reader(id, call, tx))
    }

    private func update(_ call: APIRequest, _ input: ProductInput, _ tx: Transaction) throws -> ProductDetail {
        let author = try required(call, tx)
        try recordBefore(call, tx)
        let id = try writing.update(
            Reference(try call.text("product")), author.restricted(input.change), by: call.caller().userID,
            approvesPrices: approval.approvesPrices(of: author), check: call.checkVersion,
            adjust: { if author != .staff { try approval.review($0, $1, &$2) } }, in: tx)
        return try call.recorded(reader(id, call, tx))
    }

    private func delete(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        _ = try required(call, tx)
        try recordBefore(call, tx)
        try writing.delete(Reference(try call.text("product")), check: call.checkVersion, in: tx)
        return NoContent()
    }

    private func addVariant(_ call: APIRequest, _ input: VariantInput, _ tx: Transaction) throws -> VariantBody {
        let author = try required(call, tx)
        let id = try writing.addVariant(
            input.draft, quantity: input.stockQuantity, to: Reference(try call.text("product")),
            by: try call.caller().userID, approvesPrices: approval.approvesPrices(of: author), in: tx)
        try review(call, author, tx)
        return try body(of: id, call, tx)
    }

    private func updateVariant(_ call: APIRequest, _ input: VariantInput, _ tx: Transaction) throws -> VariantBody {
        let author = try required(call, tx)
        try recordBefore(call, tx)
        let id = try writing.variants.update(
            try call.id("variant_id"), of: Reference(try call.text("product")), input.change,
            by: call.caller().userID, approvesPrices: approval.approvesPrices(of: author), check: call.checkVersion,
            in: tx)
        try review(call, author, tx)
        return try body(of: id, call, tx)
    }

    private func deleteVariant(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        let author = try required(call, tx)
        try recordBefore(call, tx)
        try writing.deleteVariant(
            try call.id("variant_id"), of: Reference(try call.text("product")), check: call.checkVersion, in: tx)
        try review(call, author, tx)
        return NoContent()
    }

    private func priceHistory(_ call: APIRequest, _ input: PageInput) async throws -> Page<PriceChangeBody> {
        let reference = Reference(try call.text("product"))
        let caller = try call.caller()
        let found = try await database.read {
            let vendor = try caller.may(Self.permission) ? nil : VendorAccess.vendor(of: caller.userID, $0).id
            guard let product = try ProductService.ownership(of: reference, $0),
                vendor == nil || product.vendor == vendor
            else { throw NotFound() }
            return try writing.products.priceHistory(of: product.id, input.page, $0)
        }
        return try Page(found, input.page, of: call) { PriceChangeBody(id: $0.id, $0.change, currency: currency) }
    }

    /// Returns who writes; a vendor's product is locked until the transaction ends.
    private func required(_ call: APIRequest, _ tx: Transaction) throws -> ProductAuthor {
        let author = try ProductAuthor(call, tx)
        try author.require(Reference(try call.text("product")), tx)
        return author
    }

    /// Has staff look at a product again where a vendor's change of its variants asks for it.
    private func review(_ call: APIRequest, _ author: ProductAuthor, _ tx: Transaction) throws {
        guard author != .staff else { return }
        let (product, variants) = try ProductService.lockWithVariants(Reference(try call.text("product")), in: tx)
        guard try approval.isDue(product, variants) else { return }
        var change = ProductChange()
        change.approval = .pending
        _ = try writing.update(
            .id(product.id.rawValue), change, by: call.caller().userID, check: { _ in }, in: tx)
    }

    /// Records the product in the audit as it is before a change.
    private func recordBefore(_ call: APIRequest, _ tx: Transaction) throws {
        guard call.audit != nil,
            let id = try writing.products.id(of: Reference(try call.text("product")), tx)
        else { return }
        try call.recordBefore(try reader(id, call, tx).withoutVendorName)
    }

    private func body(of id: SellableID, _ call: APIRequest, _ tx: Transaction) throws -> VariantBody {
        guard let body = try reader(id.product, call, tx).variants.first(where: { $0.id == id.variant }) else {
            throw NotFound()
        }
        return body
    }
}

extension APIRequest {
    /// Returns a product for the answer, and has the audit keep it without its vendor's name.
    ///
    /// - Throws: `EncodingError`.
    func recorded(_ product: ProductDetail) throws -> ProductDetail {
        try recordAfter(product.withoutVendorName)
        return product
    }
}
