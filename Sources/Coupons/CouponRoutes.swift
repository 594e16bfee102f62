import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of coupons: lists for shoppers, editing for staff.
public struct CouponRoutes: Sendable {
    static let permission = "coupons.edit"

    let database: any Database
    let resource: CouponResource

    /// Creates the endpoints; amounts are in `currency`, and `orders` says what number an order has.
    public init(
        database: any Database, currency: Currency, orders: @escaping NameSubselect, time: TimeSource = .machine
    ) {
        self.database = database
        resource = CouponResource(currency: currency, time: time, orders: orders)
    }

    /// The endpoints under the tag `Coupons`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Coupons", "Discounts by code: those on offer, those on a cart, and what staff keep of them.",
            [
                Endpoint(
                    .get, "/api/coupons/available/", "Lists the public coupons that the caller can use now.",
                    access: .optionalUser, use: listAvailable
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/coupons/my-coupons/", "Lists the coupons that the caller was given or has used.",
                    access: .user, use: listMine
                ).refusing(.notFound),
            ]
                + ResourceEndpoints(
                    resource, at: "/api/admin/coupons/", "coupon", "coupons", permission: Self.permission, in: database
                ).endpoints
                + [
                    Endpoint(
                        .get, "/api/admin/coupons/{id}/usage/",
                        "Shows how often a coupon was used, by whom and for how much.",
                        access: .staff(Self.permission), use: showUsage
                    ).refusing(.notFound)
                ])
    }

    private func listAvailable(_ call: APIRequest, _ input: PageInput) async throws -> Page<OfferedCouponBody> {
        let user = CouponUser(id: call.identity?.userID, email: call.identity?.email)
        return try await offered(.available(user, at: resource.time.now), input.page, call)
    }

    private func listMine(_ call: APIRequest, _ input: PageInput) async throws -> Page<OfferedCouponBody> {
        try await offered(.mine(call.caller().userID), input.page, call)
    }

    private func offered(
        _ audience: CouponFilter.Audience, _ page: PageRequest, _ call: APIRequest
    ) async throws -> Page<OfferedCouponBody> {
        let found = try await database.read { try resource.page(CouponFilter(audience: audience), page, $0) }
        return try Page(found, page, of: call) { OfferedCouponBody($0, currency: resource.currency) }
    }

    private func showUsage(_ call: APIRequest, _ input: PageInput) async throws -> CouponUsageBody {
        let id = try call.id("id", as: CouponID.self)
        let (coupon, summary, uses) = try await database.read { try resource.usage(of: id, input.page, $0) }
        let page = try Page(uses, input.page, of: call) { CouponUseBody($0, currency: resource.currency) }
        return CouponUsageBody(coupon, summary, page, currency: resource.currency)
    }
}
