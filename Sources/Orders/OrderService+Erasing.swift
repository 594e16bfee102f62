import Commerce
import Modules
import Primitives
import SQL

extension OrderService {
    /// Each with its lines, notes and history.
    private static let erasedAtOnce = 20

    /// Returns the steps that erase orders; `abandon` cancels what of an order has not left, and tells nobody.
    public func erasure(
        abandon: @escaping @Sendable (OrderID, Transaction) throws -> Void
    ) -> OrderErasure {
        OrderErasure(
            begin: { try await Self.end(ordersOf: $0, $1, abandon) },
            ended: { connection in
                let ended = try OrderErasureQueries.ended(limit: Self.erasedAtOnce, connection)
                return ended.isEmpty ? [] : try OrderErasureQueries.found(ended, connection)
            },
            erase: { try OrderErasureQueries.erase($0.map(\.id), $1) },
            paths: { try OrderErasureQueries.paths(of: $0, $1) },
            finish: { try OrderErasureQueries.finish($0.map(\.id), $1) },
            find: { email, connection in
                try NamingOrders(
                    retained: OrderErasureQueries.retained(email, connection),
                    underWay: OrderErasureQueries.underWay(email, connection),
                    count: OrderErasureQueries.rowsKept(email, connection))
            })
    }

    /// Cancels what has not left, an order at a time, and has all of them be erased when they have come to their end.
    private static func end(
        ordersOf user: ErasedUser, _ work: ErasureWork,
        _ abandon: @escaping @Sendable (OrderID, Transaction) throws -> Void
    ) async throws {
        let orders = try await work.database.report { try OrderErasureQueries.orders(of: user, $0) }
        for chunk in orders.chunked(by: ErasureWork.chunk).map(Array.init) {
            try await work.database.write { try OrderErasureQueries.hold(chunk, $0) }
            for order in try await work.database.read({ try OrderErasureQueries.unsent(chunk, $0) }) {
                try await work.database.write { try abandon(order, $0) }
            }
        }
    }
}
