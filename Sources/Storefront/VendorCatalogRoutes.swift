import Catalog
import Commerce
import HTTPTypes
import SQL
import Vendors
import Web

/// The endpoints by which vendors see their own products, those that the public does not see too.
struct VendorCatalogRoutes: Sendable {
    let database: any Database
    let catalog: StaffCatalog

    var group: EndpointGroup {
        EndpointGroup(
            "Vendors",
            [
                Endpoint(
                    .get, "/api/vendors/products/", "Lists the products of the caller's vendor, pending ones too.",
                    access: .user, use: list
                ).refusing(.forbidden, .notFound),
                Endpoint(
                    .get, "/api/vendors/products/{product}/",
                    "Shows a product of the caller's vendor, whatever the public sees.", access: .user, use: show
                ).refusing(.forbidden, .notFound),
            ])
    }

    private func list(_ call: APIRequest, _ input: CatalogInput) async throws -> Page<StaffCatalogItem> {
        let user = try call.caller().userID
        let found = try await database.read { connection in
            var filter = input.filter
            filter.owner = try VendorAccess.vendor(of: user, connection).id
            return try catalog.products(filter, by: input.ordering, input.page, connection)
        }
        return try Page(found, input.page, of: call) {
            StaffCatalogItem($0, catalog.currency, baseURL: call.baseURL)
        }
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> ProductDetail {
        let (reference, user) = (Reference(try call.text("product")), try call.caller().userID)
        return try await database.read { connection in
            let vendor = try VendorAccess.vendor(of: user, connection)
            let product = try catalog.product(reference, baseURL: call.baseURL, connection)
            guard product.vendor?.id == vendor.id else { throw NotFound() }
            return product
        }
    }
}
