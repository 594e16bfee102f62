import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// Notes on orders: staff write them, for themselves or for the customer to read.
extension OrderRoutes {
    var noteEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/api/orders/{order}/notes/",
                "Lists the notes on an order, the newest first: all for staff, those meant for them for customers.",
                access: OrderAccess.asked, use: listNotes
            ).refusing(.notFound),
            Endpoint(
                .post, "/api/admin/orders/{order}/notes/", "Writes a note on an order.", access: .staff("orders.edit"),
                status: .created, in: database, use: addNote
            ).refusing(.notFound),
        ]
    }

    private func addNote(_ call: APIRequest, _ input: OrderNoteInput, _ tx: Transaction) throws -> OrderNoteBody {
        let note = try orders.addNote(
            input.text, isVisible: input.isVisible, to: OrderReference(call.text("order")), by: call.caller().userID,
            in: tx)
        return OrderNoteBody(note, forStaff: true)
    }

    private func listNotes(_ call: APIRequest, _ input: PageInput) async throws -> Page<OrderNoteBody> {
        let reference = OrderReference(try call.text("order"))
        let isStaff = call.identity?.may(Self.permission) == true
        let found = try await database.read { connection in
            let order = try orders.authorize(reference, by: call, staff: Self.permission, connection).id
            return try lists.notes(on: order, onlyVisible: !isStaff, input.page, connection)
        }
        return try Page(found, input.page, of: call) { OrderNoteBody($0, forStaff: isStaff) }
    }
}
