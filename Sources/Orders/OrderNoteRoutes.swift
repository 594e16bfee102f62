import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// Notes on orders: staff write them, for themselves or for the customer to read.
extension OrderRoutes {
    var addNote: Endpoint {
        Endpoint(
            .post, "/api/admin/orders/{order}/notes/", "Writes a note on an order.", access: .staff("orders.edit"),
            status: .created, in: database
        ) { (call: APIRequest, input: OrderNoteInput, tx) -> OrderNoteBody in
            let order = try orders.lock(OrderReference(call.text("order")), in: tx)
            let note = try OrderNoteQueries.insert(
                input.text, isVisible: input.isVisible, on: order.id, by: call.caller().userID, at: orders.time.now, tx)
            guard let note else { throw NotFound() }
            return OrderNoteBody(note, forStaff: true)
        }
        .refusing(.notFound)
    }

    var notes: Endpoint {
        Endpoint(
            .get, "/api/orders/{order}/notes/",
            "Lists the notes on an order, the newest first: all for staff, those meant for them for customers.",
            access: .anyoneKnown
        ) { (call: APIRequest, input: PageInput) -> Page<OrderNoteBody> in
            let reference = OrderReference(try call.text("order"))
            return try await database.read { connection in
                let order = try orders.enter(reference, by: call, staff: Self.permission, connection).id
                let isStaff = call.identity?.may(Self.permission) == true
                let count = try OrderNoteQueries.count(on: order, onlyVisible: !isStaff, connection)
                return try Page(count: count, input.page, of: call) {
                    let found = try OrderNoteQueries.list(on: order, onlyVisible: !isStaff, input.page, connection)
                    return found.map { OrderNoteBody($0, forStaff: isStaff) }
                }
            }
        }
        .refusing(.notFound)
    }
}
