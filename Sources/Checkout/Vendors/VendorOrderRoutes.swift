import Commerce
import HTTPTypes
import Orders
import SQL
import Vendors
import Web

/// Returns what a vendor gets of these orders, as far as it is settled.
public typealias VendorEarningsReader =
    @Sendable (_ orders: [OrderID], _ vendor: VendorID, Connection) throws -> [OrderID: VendorEarnings]

/// The endpoints by which vendors see and ship their parts of orders.
struct VendorOrderRoutes: Sendable {
    let database: any Database
    let checkout: CheckoutService
    let earnings: VendorEarningsReader
    private let orders = VendorOrders()

    init(database: any Database, checkout: CheckoutService, earnings: @escaping VendorEarningsReader) {
        self.database = database
        self.checkout = checkout
        self.earnings = earnings
    }

    var group: EndpointGroup {
        EndpointGroup(
            "Vendors",
            [
                Endpoint(
                    .get, "/api/vendors/orders/", "Lists the orders with something of the caller's vendor.",
                    access: .user, use: list
                ).refusing(.forbidden, .notFound),
                Endpoint(
                    .get, "/api/vendors/orders/{order}/", "Shows the part of an order that the caller's vendor sells.",
                    access: .user, use: show
                ).refusing(.forbidden, .notFound),
                Endpoint(
                    .put, "/api/vendors/orders/{order}/update-status/",
                    "Moves the part of an order that the caller's vendor sells.", access: .user, in: database,
                    use: move
                ).refusing(.forbidden, .notFound, .conflict),
            ])
    }

    private func list(_ call: APIRequest, _ input: VendorOrderListInput) async throws -> Page<VendorOrderBody> {
        let user = try call.caller().userID
        let (found, settled) = try await database.read { connection in
            let vendor = try VendorAccess.vendor(of: user, connection).id
            let found = try orders.list(input, of: vendor, connection)
            return (found, try earnings(found.rows.map(\.id), vendor, connection))
        }
        return try Page(found, input.page, of: call) {
            try VendorOrderBody($0, settled: settled[$0.id], currency: checkout.settings.currency)
        }
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> VendorOrderBody {
        let (reference, user) = (OrderReference(try call.text("order")), try call.caller().userID)
        return try await database.read { connection in
            let vendor = try VendorAccess.vendor(of: user, connection).id
            return try body(checkout.orders.find(reference, in: connection), vendor, connection)
        }
    }

    private func move(_ call: APIRequest, _ input: VendorStatusInput, _ tx: Transaction) throws -> VendorOrderBody {
        let user = try call.caller().userID
        let vendor = try VendorAccess.vendor(of: user, tx).id
        let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
        guard order.part(of: vendor) != nil else { throw NotFound() }
        return try body(checkout.move(order, of: vendor, input, by: user, in: tx), vendor, tx)
    }

    private func body(_ order: Order?, _ vendor: VendorID, _ connection: Connection) throws -> VendorOrderBody {
        guard let order, let part = order.part(of: vendor) else { throw NotFound() }
        return try VendorOrderBody(
            part, settled: earnings([order.id], vendor, connection)[order.id], currency: checkout.settings.currency)
    }
}

/// The status that a vendor gives a part of an order.
struct VendorStatusInput: Input {
    let status: OrderStatus
    let trackingNumber: String?
    let carrier: String
    let note: String

    init(_ fields: Fields) {
        status = fields.choice("status")
        trackingNumber = fields.optionalString("tracking_number", length: 0...100)
        carrier = fields.string("carrier", .optional(""), length: 0...100)
        note = fields.string("note", .optional(""), length: 0...500)
    }
}
