import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of vendors as everybody sees them, and of what customers say of them.
struct VendorPublicRoutes: Sendable {
    let database: any Database
    let reviews: VendorReviews

    /// The reviews that a user may write in an hour.
    private static let limit = RateLimit.perUser(20, per: .hours(1), name: "vendors.review")

    var group: EndpointGroup {
        EndpointGroup(
            "Vendors",
            [
                Endpoint(
                    .get, "/api/vendors/{vendor}/", "Shows an approved vendor by id or slug.", access: .anyone,
                    use: show
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/vendors/{vendor}/reviews/", "Lists what customers say of a vendor, the newest first.",
                    access: .anyone, use: list
                ).refusing(.notFound),
                Endpoint(
                    .post, "/api/vendors/{vendor}/review/",
                    "Reviews a vendor after a delivered order; once for each order.", access: .user, status: .created,
                    in: database, use: add
                ).limited(Self.limit).refusing(.forbidden, .notFound),
                Endpoint(
                    .post, "/api/vendors/reviews/{id}/respond/", "Answers a review of the caller's vendor.",
                    access: .user, in: database, use: respond
                ).refusing(.forbidden, .notFound),
            ])
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> PublicVendorBody {
        let reference = Reference(try call.text("vendor"))
        return try await database.read { connection in
            let vendor = try reviews.shown(reference, connection)
            let counts = try reviews.vendors.links.productCounts([vendor.id], connection)
            return PublicVendorBody(vendor, products: counts[vendor.id] ?? 0, baseURL: call.baseURL)
        }
    }

    private func list(_ call: APIRequest, _ input: PageInput) async throws -> Page<VendorReviewBody> {
        let reference = Reference(try call.text("vendor"))
        let (rows, names) = try await database.read { try reviews.list(of: reference, input.page, $0) }
        return try Page(rows, input.page, of: call) { VendorReviewBody($0, names: names) }
    }

    private func add(_ call: APIRequest, _ input: VendorReviewInput, _ tx: Transaction) throws -> VendorReviewBody {
        let reference = Reference(try call.text("vendor"))
        return try body(reviews.add(input.draft, of: reference, by: call.caller(), in: tx), tx)
    }

    private func respond(
        _ call: APIRequest, _ input: VendorResponseInput, _ tx: Transaction
    ) throws -> VendorReviewBody {
        try body(reviews.respond(input.response, to: call.id("id"), by: call.caller().userID, in: tx), tx)
    }

    private func body(_ review: VendorReview, _ connection: Connection) throws -> VendorReviewBody {
        VendorReviewBody(review, names: try reviews.names(in: [review], connection))
    }
}
