import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints that show returns.
extension OrderRoutes {
    var returnEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/admin/returns/", "Lists returns.", access: Self.access, use: listReturns)
                .refusing(.notFound),
            Endpoint(.get, "/api/admin/returns/{id}/", "Shows a return.", access: Self.access, use: showReturn)
                .refusing(.notFound),
            Endpoint(
                .get, "/api/orders/{order}/returns/", "Lists the returns of an order.", access: OrderAccess.asked,
                use: listReturnsOfOrder
            ).refusing(.notFound),
            Endpoint(
                .get, "/api/orders/{order}/cancellations/",
                "Lists what of an order was canceled before it left, the first first.", access: OrderAccess.asked,
                use: listCancellations
            ).refusing(.notFound),
        ]
    }

    private func listReturns(_ call: APIRequest, _ input: ReturnListInput) async throws -> Page<ReturnBody> {
        let found = try await database.read { try lists.returns(input.filter, by: input.ordering, input.page, $0) }
        return try Page(found, input.page, of: call) { ReturnBody($0, currency: currency) }
    }

    private func showReturn(_ call: APIRequest, _: NoInput) async throws -> ReturnBody {
        let id = try call.id("id", as: ReturnID.self)
        guard let found = try await database.read({ try orders.find(returning: id, in: $0) }) else { throw NotFound() }
        return ReturnBody(found, currency: currency)
    }

    private func listReturnsOfOrder(_ call: APIRequest, _ input: ReturnListInput) async throws -> Page<ReturnBody> {
        let reference = OrderReference(try call.text("order"))
        let found = try await database.read { connection in
            var filter = input.filter
            filter.order = try orders.authorize(reference, by: call, staff: Self.permission, connection).id
            return try lists.returns(filter, by: input.ordering, input.page, connection)
        }
        return try Page(found, input.page, of: call) { ReturnBody($0, currency: currency) }
    }
}

/// The query parameters of a list of returns.
struct ReturnListInput: Input {
    let filter: ReturnQueries.Filter
    let ordering: Ordering<ReturnQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = ReturnQueries.Filter(
            order: fields.optionalID("order"), status: fields.optionalChoice("status", of: ReturnStatus.self))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}
