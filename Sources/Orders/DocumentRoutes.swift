import Commerce
import Documents
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints that give an order's documents as PDF.
public struct DocumentRoutes: Sendable {
    let database: any Database
    let orders: OrderService
    /// Drawing keeps a processor busy for milliseconds.
    private let threads = WorkThreads(count: 1, limit: 64)

    /// Creates the endpoints with a thread of their own, on which PDFs are drawn.
    public init(database: any Database, orders: OrderService) {
        self.database = database
        self.orders = orders
    }

    /// The endpoints under the tag `Papers`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Papers", "Invoices, credit notes and delivery slips as PDF.",
            [
                documentEndpoint(
                    "/api/orders/{order}/invoice/",
                    "Gives an order's invoice as PDF; a pro forma without a number before it is paid.", invoice),
                documentEndpoint(
                    "/api/orders/{order}/credit-note/",
                    "Gives the credit note of an order that was canceled after it had been paid, as PDF.",
                    cancellation),
                documentEndpoint(
                    "/api/orders/{order}/returns/{id}/credit-note/", "Gives the credit note of a return as PDF.",
                    creditNoteOfReturn),
                documentEndpoint(
                    "/api/orders/{order}/cancellations/{id}/credit-note/",
                    "Gives the credit note of what was canceled of an order after it had been paid, as PDF.",
                    creditNoteOfCancellation),
                Endpoint(
                    .get, "/api/admin/orders/{order}/shipments/{shipment_id}/delivery-slip/",
                    "Gives the slip that goes into a parcel as PDF.", access: OrderRoutes.access, use: deliverySlip
                ).refusing(.notFound, .serviceUnavailable).producing("application/pdf"),
                tableEndpoint(
                    "/api/admin/orders/slips/",
                    "Gives the slips of all parcels of these orders, and packing lists of what is still to be sent, as one PDF.",
                    slips),
                tableEndpoint(
                    "/api/admin/orders/invoices/",
                    "Gives the invoices of these orders as one PDF; pro formas of those that are not paid.", invoices),
            ])
    }

    private func tableEndpoint(
        _ template: String, _ summary: String,
        _ handler: @escaping @Sendable (APIRequest, OrderSelection) async throws -> Reply<RawBody>
    ) -> Endpoint {
        Endpoint(.get, template, summary, access: OrderRoutes.access, use: handler)
            .refusing(.serviceUnavailable).producing("application/pdf")
    }

    private func documentEndpoint(
        _ template: String, _ summary: String,
        _ handler: @escaping @Sendable (APIRequest, NoInput) async throws -> Reply<RawBody>
    ) -> Endpoint {
        Endpoint(.get, template, summary, access: OrderAccess.asked, use: handler)
            .refusing(.notFound, .serviceUnavailable)
            .producing("application/pdf")
    }

    private func invoice(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        let (document, name) = try await require(call) { order, connection in
            if let issued = try orders.numbered(.invoice, of: order, connection) { return issued }
            let left = try orders.left(of: order, connection)
            return (try orders.documents(of: left).invoice(nil), "pro-forma-\(order.number)")
        }
        return try await pdf(document, named: name)
    }

    private func cancellation(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        let (document, name) = try await require(call) { order, connection in
            guard let issued = try orders.numbered(.creditNote, of: order, connection) else { throw NotFound() }
            return issued
        }
        return try await pdf(document, named: name)
    }

    private func creditNoteOfReturn(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        try await creditNote(of: .goods, call)
    }

    private func creditNoteOfCancellation(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        try await creditNote(of: .cancellation, call)
    }

    private func creditNote(of kind: Return.Kind, _ call: APIRequest) async throws -> Reply<RawBody> {
        let id = try call.id("id", as: ReturnID.self)
        let (document, name) = try await require(call) { order, connection in
            guard let back = try orders.find(returning: id, kind: kind, in: connection), back.order == order.id,
                let issued = try orders.numbered(.creditNote, of: order, return: back, connection)
            else { throw NotFound() }
            return issued
        }
        return try await pdf(document, named: name)
    }

    private func deliverySlip(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        let id = try call.id("shipment_id", as: ShipmentID.self)
        let document = try await require(call) { order, _ in
            guard let shipment = order.shipments.first(where: { $0.id == id }) else { throw NotFound() }
            return orders.documents(of: order).deliverySlip(shipment)
        }
        return try await pdf(document, named: "delivery-\(id)")
    }

    private func slips(_ call: APIRequest, _ input: OrderSelection) async throws -> Reply<RawBody> {
        let documents = try await database.read { connection in
            try orders.find(input.orders, in: connection).flatMap { orders.documents(of: $0).slips }
        }
        guard !documents.isEmpty else {
            throw ValidationError("orders", "Nothing of these orders has been sent, and nothing is to be sent.")
        }
        return try await pdf(documents, titled: "Delivery slips", named: "delivery-slips")
    }

    private func invoices(_ call: APIRequest, _ input: OrderSelection) async throws -> Reply<RawBody> {
        let documents = try await database.read { connection in
            try orders.invoices(of: orders.find(input.orders, in: connection), connection)
        }
        return try await pdf(documents, titled: "Invoices", named: "invoices")
    }

    private func require<Value: Sendable>(
        _ call: APIRequest, _ more: @escaping @Sendable (Order, Connection) throws -> Value
    ) async throws -> Value {
        let reference = OrderReference(try call.text("order"))
        return try await database.read { connection in
            guard let order = try orders.find(reference, in: connection) else { throw NotFound() }
            _ = try OrderAccess(call, to: order, staff: OrderRoutes.permission)
            return try more(order, connection)
        }
    }

    private func pdf(_ document: CommercialDocument, named name: String) async throws -> Reply<RawBody> {
        try await pdf([document], titled: document.title, named: name)
    }

    private func pdf(
        _ documents: [CommercialDocument], titled title: String, named name: String
    ) async throws -> Reply<RawBody> {
        do {
            let bytes = try await threads.run { try CommercialDocument.pdf(of: documents, title: title) }
            return Reply(
                RawBody(contentType: "application/pdf", bytes: bytes),
                headers: [.contentDisposition: "inline; filename=\"\(name).pdf\"", .cacheControl: "private, no-store"])
        } catch is WorkThreads.Busy {
            throw OrderError.tooManyDocuments
        }
    }
}

/// The orders whose documents are asked for together.
struct OrderSelection: Input {
    /// The most orders of one document.
    static let limit = 100

    let orders: [OrderReference]

    init(_ fields: Fields) {
        let text = fields.string("orders", length: 1...2_000)
        orders = text.cut(at: ",").map(\.trimmed).filter { !$0.isEmpty }.map { OrderReference($0) }
        if orders.isEmpty, !text.isEmpty { fields.fail("orders", "This list may not be empty.") }
        if orders.count > Self.limit {
            fields.fail("orders", "Ensure this field has no more than \(Self.limit) elements.")
        }
    }
}
