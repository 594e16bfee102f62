import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints that show returns.
extension OrderRoutes {
    var returns: Endpoint {
        Endpoint(.get, "/api/admin/returns/", "Lists returns.", access: .staff(Self.permission)) {
            (call: APIRequest, input: ReturnListInput) -> Page<ReturnBody> in
            try await database.read { try page(input.filter, input, call, $0) }
        }
        .refusing(.notFound)
    }

    var oneReturn: Endpoint {
        Endpoint(.get, "/api/admin/returns/{id}/", "Shows a return.", access: .staff(Self.permission)) {
            (call: APIRequest, _: NoInput) -> ReturnBody in
            let id = try call.id("id", as: ReturnID.self)
            guard let found = try await database.read({ try ReturnQueries.find(id, $0) }) else { throw NotFound() }
            return ReturnBody(found, currency: currency)
        }
        .refusing(.notFound)
    }

    var returnsOfOrder: Endpoint {
        Endpoint(
            .get, "/api/orders/{order}/returns/", "Lists the returns of an order.", access: .anyoneKnown
        ) { (call: APIRequest, input: ReturnListInput) -> Page<ReturnBody> in
            let reference = OrderReference(try call.text("order"))
            return try await database.read { connection in
                var filter = input.filter
                filter.order = try orders.enter(reference, by: call, staff: Self.permission, connection).id
                return try page(filter, input, call, connection)
            }
        }
        .refusing(.notFound)
    }

    private func page(
        _ filter: ReturnQueries.Filter, _ input: ReturnListInput, _ call: APIRequest, _ connection: Connection
    ) throws -> Page<ReturnBody> {
        let count = try ReturnQueries.count(filter, connection)
        return try Page(count: count, input.page, of: call) {
            try ReturnQueries.list(filter, by: input.ordering, input.page, connection).map {
                ReturnBody($0, currency: currency)
            }
        }
    }
}

/// The query parameters of a list of returns.
struct ReturnListInput: Input {
    let filter: ReturnQueries.Filter
    let ordering: Ordering<ReturnQueries.Key>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = ReturnQueries.Filter(
            order: fields.optionalID("order"), status: fields.optionalChoice("status", of: ReturnStatus.self))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}
