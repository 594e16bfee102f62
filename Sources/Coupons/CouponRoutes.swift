import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of coupons: lists for shoppers, editing for staff.
public struct CouponRoutes: Sendable {
    static let permission = "coupons.edit"

    let database: any Database
    let keeper: CouponKeeper

    /// Creates the endpoints; amounts are in `currency`.
    public init(database: any Database, currency: Currency, time: TimeSource = .machine) {
        self.database = database
        keeper = CouponKeeper(currency: currency, time: time)
    }

    /// The endpoints under the tag `Coupons`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Coupons", "Discounts by code: those on offer, those on a cart, and what staff keep of them.",
            [available, mine]
                + KeptRows(
                    keeper, at: "/api/admin/coupons/", "coupon", "coupons", permission: Self.permission, in: database
                ).endpoints + [usage])
    }

    private var available: Endpoint {
        Endpoint(
            .get, "/api/coupons/available/", "Lists the public coupons that the caller can use now.",
            access: .anyoneKnown
        ) { (call: APIRequest, input: PageInput) -> Page<OfferedCouponBody> in
            let user = CouponUser(id: call.identity?.userID, email: call.identity?.email)
            return try await offered(.available(user, at: keeper.time.now), input.page, call)
        }
        .refusing(.notFound)
    }

    private var mine: Endpoint {
        Endpoint(
            .get, "/api/coupons/my-coupons/", "Lists the coupons that the caller was given or has used.",
            access: .user
        ) { (call: APIRequest, input: PageInput) -> Page<OfferedCouponBody> in
            try await offered(.mine(call.caller().userID), input.page, call)
        }
        .refusing(.notFound)
    }

    private func offered(
        _ audience: CouponFilter.Audience, _ page: PageRequest, _ call: APIRequest
    ) async throws -> Page<OfferedCouponBody> {
        let filter = CouponFilter(audience: audience)
        return try await database.read { connection in
            let count = try CouponQueries.count(filter, connection)
            return try Page(count: count, page, of: call) {
                let coupons = try CouponQueries.list(filter, by: CouponKeeper.usualOrder, page, connection)
                return coupons.map { OfferedCouponBody($0, currency: keeper.currency) }
            }
        }
    }

    private var usage: Endpoint {
        Endpoint(
            .get, "/api/admin/coupons/{id}/usage/", "Shows how often a coupon was used, by whom and for how much.",
            access: .staff(Self.permission)
        ) { (call: APIRequest, input: PageInput) -> CouponUsageBody in
            let id = try call.id("id", as: CouponID.self)
            return try await database.read { connection in
                guard let coupon = try CouponQueries.find(id, connection),
                    let summary = try CouponUsageQueries.summary(of: id, connection)
                else { throw NotFound() }
                let count = try CouponUsageQueries.count(of: id, connection)
                try input.page.check(count)
                let uses = try CouponUsageQueries.list(of: id, input.page, connection)
                let page = try Page(
                    uses.map { CouponUseBody($0, currency: keeper.currency) }, count: count, input.page, of: call)
                return CouponUsageBody(coupon, summary, page, currency: keeper.currency)
            }
        }
        .refusing(.notFound)
    }
}
