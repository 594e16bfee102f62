import Commerce
import Documents
import SQL

/// The documents of orders, as staff take them together.
extension OrderService {
    /// Returns these orders with items and parcels, without their history, in the order in which they are named.
    ///
    /// - Throws: `ValidationError` on `orders` where there is no such order, `SQLError`.
    func find(_ references: [OrderReference], in connection: Connection) throws -> [Order] {
        let found = try OrderQueries.all(references, connection)
        var byName: [OrderReference: Order] = [:]
        for order in found {
            byName[.id(order.id)] = order
            byName[.number(order.number)] = order
        }
        var seen: Set<OrderID> = []
        return try references.compactMap { reference in
            guard let order = byName[reference] else {
                throw ValidationError("orders", "Invalid pk \"\(reference)\" - object does not exist.")
            }
            return seen.insert(order.id).inserted ? order : nil
        }
    }

    /// Returns the invoices of these orders as they were issued, and pro formas where none is.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func invoices(of orders: [Order], _ connection: Connection) throws -> [CommercialDocument] {
        let issued = try InvoiceQueries.documents(.invoice, of: orders.map(\.id), connection)
        return try orders.map { order in
            try issued[order.id] ?? documents(of: left(of: order, connection)).invoice(nil)
        }
    }

    /// Returns what came back of an order, or was canceled of it before it left; nil where there is no such row.
    ///
    /// - Throws: `SQLError`.
    public func back(_ id: ReturnID, in connection: Connection) throws -> Return? {
        try find(returning: id, in: connection) ?? find(returning: id, kind: .cancellation, in: connection)
    }

    /// Returns what an order has of numbered documents, the first first.
    ///
    /// - Throws: `SQLError`.
    public func papers(of order: OrderID, in connection: Connection) throws -> [OrderPaper] {
        try InvoiceQueries.papers(of: order, connection)
    }
}

extension OrderReference: CustomStringConvertible {
    /// The id or the number.
    public var description: String {
        switch self {
        case .id(let id): id.description
        case .number(let number): number
        }
    }
}
