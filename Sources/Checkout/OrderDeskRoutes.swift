import Commerce
import HTTPTypes
import Orders
import Payments
import Pictures
import SQL
import Vendors
import Web

/// Reads the e-mail addresses of these users; who has none any more is left out. Throws `SQLError`.
public typealias PeopleReader = @Sendable ([UserID], Connection) throws -> [UserID: String]

/// The endpoints that show staff an order with what they need to carry it on.
public struct OrderDeskRoutes: Sendable {
    private static let access = Access.staff("orders.view")

    let database: any Database
    let checkout: CheckoutService
    let earnings: VendorEarningsReader
    let people: PeopleReader

    /// Creates the endpoints; `earnings` reads what vendors get of their parts, `people` who has changed an order.
    public init(
        database: any Database, checkout: CheckoutService,
        earnings: @escaping VendorEarningsReader = { _, _, _ in [:] },
        people: @escaping PeopleReader = { _, _ in [:] }
    ) {
        self.database = database
        self.checkout = checkout
        self.earnings = earnings
        self.people = people
    }

    /// The endpoints under the tag `Orders`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Orders",
            [
                Endpoint(
                    .get, "/api/admin/orders/{order}/",
                    "Shows an order by its number or id, with what may be done next, what is due and its documents.",
                    access: Self.access, use: show
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/orders/{order}/parts/",
                    "Lists the parts of an order that vendors sell, and what each of them earns by it.",
                    access: Self.access, use: listParts
                ).refusing(.notFound),
            ])
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> StaffOrderBody {
        let reference = OrderReference(try call.text("order"))
        return try await database.read { connection in
            guard let order = try checkout.orders.find(reference, in: connection) else { throw NotFound() }
            let known = try checkout.payments.payments(of: order.id, in: connection)
            return StaffOrderBody(
                order, due: try checkout.outstanding(of: order, among: known, in: connection),
                papers: try checkout.orders.papers(of: order.id, in: connection),
                refundable: try refundable(order, known, connection),
                labels: try labels(of: order, baseURL: call.baseURL, connection), currency: checkout.settings.currency)
        }
    }

    private func labels(of order: Order, baseURL: String, _ connection: Connection) throws -> OrderLabels {
        var labels = OrderLabels()
        let pictures = try checkout.offers(order.items.map(\.sellable), connection).compactMapValues(\.image)
        labels.images = pictures.mapValues { PictureURLs($0, baseURL: baseURL).thumbnail }
        labels.vendors = try VendorAccess.names(of: order.vendors, connection)
        labels.people = try people(order.authors, connection)
        return labels
    }

    /// The units that a refund may still name; none where nothing was captured.
    private func refundable(
        _ order: Order, _ known: [Payment], _ connection: Connection
    ) throws -> [RefundableUnits.Line] {
        guard known.contains(where: { $0.facts.captured > .zero }) else { return [] }
        return RefundableUnits(of: order, after: try checkout.payments.refunds(of: order.id, in: connection)).lines
    }

    private func listParts(_ call: APIRequest, _: NoInput) async throws -> [VendorPartBody] {
        let reference = OrderReference(try call.text("order"))
        return try await database.read { connection in
            guard let order = try checkout.orders.find(reference, in: connection) else { throw NotFound() }
            let names = try VendorAccess.names(of: order.vendors, connection)
            return try order.vendors.compactMap { vendor -> VendorPartBody? in
                guard let part = order.part(of: vendor) else { return nil }
                return try VendorPartBody(
                    part, vendor, name: names[vendor] ?? "",
                    settled: earnings([order.id], vendor, connection)[order.id], currency: checkout.settings.currency)
            }
        }
    }
}

/// An order as staff carry it on: what everybody sees of it, and what may be done next.
struct StaffOrderBody: ResponseBody {
    /// What only staff need.
    struct Desk: Codable, Sendable {
        /// The statuses that the order may take next.
        let allowedStatuses: [OrderStatus]
        /// What is still to be paid; zero for a canceled order.
        let amountDue: Price
        /// The numbered documents, the first first.
        let papers: [OrderPaperBody]
        /// The units that a refund may still name, a line each; none before anything was captured.
        let refundableItems: [RefundableUnits.Line]
    }

    let order: OrderBody
    let desk: Desk

    init(
        _ order: Order, due: Money, papers: [OrderPaper], refundable: [RefundableUnits.Line], labels: OrderLabels,
        currency: Currency
    ) {
        self.order = OrderBody(order, currency: currency, forStaff: true, labels: labels)
        desk = Desk(
            allowedStatuses: OrderStatus.allCases.filter(order.allowed.contains),
            amountDue: (Currency(code: order.currency) ?? currency).price(order.status == .cancelled ? .zero : due),
            papers: papers.map(OrderPaperBody.init), refundableItems: refundable)
    }

    init(from decoder: any Decoder) throws {
        order = try OrderBody(from: decoder)
        desk = try Desk(from: decoder)
    }

    /// Writes both as one object.
    func encode(to encoder: any Encoder) throws {
        try order.encode(to: encoder)
        try desk.encode(to: encoder)
    }
}

/// The part of an order that one vendor sells, as staff see it.
struct VendorPartBody: ResponseBody {
    let vendorID: VendorID
    let vendorName: String
    /// The status that follows from the vendor's lines alone.
    let status: OrderStatus
    /// The units that have left or are still to leave.
    let quantity: Int
    /// The vendor's lines before discount.
    let subtotal: Price
    /// Null where it is not settled.
    let commission: Price?
    /// Null where it is not settled.
    let earnings: Price?
    let currency: String
    let trackingNumber: String
    let carrier: String

    init(
        _ part: VendorOrder, _ vendor: VendorID, name: String, settled: VendorEarnings?, currency: Currency
    ) throws {
        let currency = Currency(code: part.currency) ?? currency
        vendorID = vendor
        vendorName = name
        status = part.status
        quantity = try part.items.map(\.live).sum()
        subtotal = currency.price(try part.items.map(\.subtotal).total())
        commission = settled.map { currency.price($0.commission) }
        earnings = settled.map { currency.price($0.earnings) }
        self.currency = part.currency
        trackingNumber = part.trackingNumber
        carrier = part.carrier
    }
}
