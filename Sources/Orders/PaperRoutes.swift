import Commerce
import Documents
import HTTPTypes
import Primitives
import SQL
import Web

/// The papers of an order, as PDF.
public struct PaperRoutes: Sendable {
    let database: any Database
    let orders: OrderService
    let currency: Currency
    let issuer: PaperIssuer
    /// Drawing keeps a processor busy for milliseconds.
    private let threads = WorkThreads(count: 1, limit: 64)

    public init(database: any Database, orders: OrderService, currency: Currency, issuer: PaperIssuer) {
        self.database = database
        self.orders = orders
        self.currency = currency
        self.issuer = issuer
    }

    public var group: EndpointGroup { EndpointGroup("Papers", [invoice, cancellation, creditNote, deliverySlip]) }

    private var invoice: Endpoint {
        Endpoint(
            .get, "/api/orders/{order}/invoice/",
            "Gives an order's invoice as PDF; a pro forma without a number before it is paid.", access: .anyoneKnown
        ) { (call: APIRequest, _: NoInput) -> Reply<RawBody> in
            let (order, invoice) = try await found(call) { order, connection in
                try InvoiceQueries.find(.invoice, of: order.id, connection)
            }
            return try await pdf(papers(order).invoice(invoice), named: invoice?.number ?? "pro-forma-\(order.number)")
        }
        .refusing(.notFound, .serviceUnavailable)
    }

    private var cancellation: Endpoint {
        Endpoint(
            .get, "/api/orders/{order}/credit-note/",
            "Gives the credit note of an order that was cancelled after it had been paid, as PDF.", access: .anyoneKnown
        ) { (call: APIRequest, _: NoInput) -> Reply<RawBody> in
            let (order, papers) = try await found(call) { order, connection in
                guard let papers = try InvoiceQueries.creditNote(of: order.id, connection) else { throw NotFound() }
                return papers
            }
            let document = self.papers(order).creditNote(papers.note, invoice: papers.invoice)
            return try await pdf(document, named: papers.note.number)
        }
        .refusing(.notFound, .serviceUnavailable)
    }

    private var creditNote: Endpoint {
        Endpoint(
            .get, "/api/orders/{order}/returns/{return_id}/credit-note/", "Gives the credit note of a return as PDF.",
            access: .anyoneKnown
        ) { (call: APIRequest, _: NoInput) -> Reply<RawBody> in
            let id = try call.id("return_id", as: ReturnID.self)
            let (order, found) = try await found(call) { order, connection in
                guard let found = try ReturnQueries.find(id, connection), found.order == order.id,
                    let papers = try InvoiceQueries.creditNote(of: order.id, return: id, connection)
                else { throw NotFound() }
                return (found, papers)
            }
            let (back, papers) = found
            let document = self.papers(order).creditNote(papers.note, of: back, invoice: papers.invoice)
            return try await pdf(document, named: papers.note.number)
        }
        .refusing(.notFound, .serviceUnavailable)
    }

    private var deliverySlip: Endpoint {
        Endpoint(
            .get, "/api/admin/orders/{order}/shipments/{shipment_id}/delivery-slip/",
            "Gives the slip that goes into a parcel as PDF.", access: .staff(OrderRoutes.permission)
        ) { (call: APIRequest, _: NoInput) -> Reply<RawBody> in
            let id = try call.id("shipment_id", as: ShipmentID.self)
            let (order, shipment) = try await found(call) { order, _ in
                guard let shipment = order.shipments.first(where: { $0.id == id }) else { throw NotFound() }
                return shipment
            }
            return try await pdf(papers(order).deliverySlip(shipment), named: "delivery-\(id)")
        }
        .refusing(.notFound, .serviceUnavailable)
    }

    private func found<Value: Sendable>(
        _ call: APIRequest, _ more: @escaping @Sendable (Order, Connection) throws -> Value
    ) async throws -> (Order, Value) {
        let reference = OrderReference(try call.text("order"))
        return try await database.read { connection in
            guard let order = try orders.find(reference, in: connection) else { throw NotFound() }
            _ = try OrderAccess(call, to: order, staff: OrderRoutes.permission)
            return (order, try more(order, connection))
        }
    }

    private func papers(_ order: Order) -> OrderPapers {
        OrderPapers(
            order: order, currency: Currency(code: order.currency) ?? currency, issuer: issuer, zone: orders.zone)
    }

    private func pdf(_ document: CommercialDocument, named name: String) async throws -> Reply<RawBody> {
        do {
            let bytes = try await threads.run { try document.pdf() }
            return Reply(
                RawBody(contentType: "application/pdf", bytes: bytes),
                headers: [.contentDisposition: "inline; filename=\"\(name).pdf\"", .cacheControl: "private, no-store"])
        } catch is WorkThreads.Busy {
            throw OrderError.tooManyPapers
        }
    }
}
