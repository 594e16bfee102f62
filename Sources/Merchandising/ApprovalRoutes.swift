import Catalog
import Commerce
import HTTPTypes
import SQL
import Web

/// Tells the owner of a vendor something by mail: the template's type and its variables.
public typealias VendorTeller =
    @Sendable (_ vendor: VendorID, _ template: String, _ context: [String: String], Transaction) throws -> Void

/// The endpoints by which staff decide about vendors' products.
struct ApprovalRoutes: Sendable {
    let database: any Database
    let writing: ProductWriting
    let reader: ProductReader
    let tell: VendorTeller

    var group: EndpointGroup {
        EndpointGroup(
            "Product editing",
            [
                Endpoint(
                    .put, "/api/admin/products/{product}/approve/", "Lets the public see a product.",
                    access: ProductRoutes.staff, in: database, use: approve
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .put, "/api/admin/products/{product}/reject/", "Keeps a product from the public.",
                    access: ProductRoutes.staff, in: database, use: reject
                ).refusing(.notFound, .preconditionFailed),
            ])
    }

    private func approve(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> ProductDetail {
        try decide(.approved, reason: "", call, tx)
    }

    private func reject(_ call: APIRequest, _ input: ProductRejectionInput, _ tx: Transaction) throws -> ProductDetail {
        try decide(.rejected, reason: input.reason, call, tx)
    }

    private func decide(
        _ status: ApprovalStatus, reason: String, _ call: APIRequest, _ tx: Transaction
    ) throws -> ProductDetail {
        let product = try ProductService.lock(Reference(try call.text("product")), in: tx)
        if call.audit != nil { try call.recordBefore(try reader(product.id, call, tx).withoutVendorName) }
        var change = ProductChange()
        change.approval = status
        let id = try writing.update(
            .id(product.id.rawValue), change, by: call.caller().userID, check: call.checkVersion, in: tx)
        if let vendor = product.draft.vendorID, product.draft.approval != status {
            try tell(vendor, "product_\(status.rawValue)", ["product_name": product.draft.name, "reason": reason], tx)
        }
        return try call.recorded(reader(id, call, tx))
    }
}

/// The reason why a product is not shown.
struct ProductRejectionInput: Input {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.string("reason", .optional(""), length: 0...500)
    }
}
