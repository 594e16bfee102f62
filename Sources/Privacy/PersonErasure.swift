import Accounts
import Commerce
import Jobs
import Primitives
import SQL
import Web

/// Forgets a person, in transactions of few rows each, so that everybody else's go between them. What is found by reading much
/// is read outside of them. It may be broken off anywhere and begun anew.
extension PrivacyService {
    /// The most rows that one transaction changes in one table.
    static let chunk = 200
    /// Each with its lines, notes and history.
    private static let ordersAtOnce = 20
    /// The most rows that are read at once to look into their text.
    private static let readAtOnce = 500

    func erase(_ id: UserID, abandon: @escaping Abandon) async throws -> JobHandler.Completion {
        let user = try await database.read { try ErasureQueries.user(id, $0) }
        try await endOrders(of: user, abandon)
        try await eraseEndedOrders()
        try await eraseMessages(of: user)
        try await repeated { try user.eraseHistory(limit: Self.chunk, in: $0) }
        try await repeated { try IdempotencyQueries.drop(of: id, limit: Self.chunk, in: $0) }
        try await eraseAudit(of: user)
        return { tx in try ErasureQueries.finish(id, tx) }
    }

    /// Runs a step that says how many rows it had until it has less than a chunk.
    func repeated(_ step: @escaping @Sendable (Transaction) throws -> Int) async throws {
        while try await database.write(step) >= Self.chunk { try Task.checkCancellation() }
    }

    /// Cancels what has not left, an order at a time, and has all of them be erased when they have come to their end.
    private func endOrders(of user: ErasedUser, _ abandon: @escaping Abandon) async throws {
        let orders = try await database.report { try OrderErasureQueries.orders(of: user, $0) }
        for chunk in orders.chunked(by: Self.chunk).map(Array.init) {
            try await database.write { try OrderErasureQueries.hold(chunk, $0) }
            for order in try await database.read({ try OrderErasureQueries.unsent(chunk, $0) }) {
                try await database.write { try abandon(order, $0) }
            }
        }
    }

    /// Erases the orders of erased people that have come to their end.
    func eraseEndedOrders() async throws {
        while true {
            let orders = try await database.report { connection in
                let ended = try OrderErasureQueries.ended(limit: Self.ordersAtOnce, connection)
                return ended.isEmpty ? [] : try OrderErasureQueries.found(ended, connection)
            }
            guard !orders.isEmpty else { return }
            try await erase(orders)
        }
    }

    /// What is found by an address goes before the address does; what is found by the order's number is looked for last.
    private func erase(_ orders: [OrderErasureQueries.Found]) async throws {
        let ids = orders.map(\.id)
        try await database.write { tx in
            for order in orders where order.user == nil && !order.email.isEmpty {
                try ErasureQueries.deleteMessages(to: order.email, about: order.number, limit: Self.chunk, tx)
                _ = try jobs.erase(.recipient(order.email), holding: order.number, limit: Self.chunk, in: tx)
            }
            try OrderErasureQueries.erase(ids, tx)
        }
        for user in Set(orders.compactMap(\.user)) { try await eraseMessages(of: ErasedUser(id: user, addresses: [])) }
        let entries = try await database.report { connection in
            try AuditErasureQueries.entries(under: OrderErasureQueries.paths(of: orders, connection), connection)
        }
        try await redact(entries)
        try await database.write { try OrderErasureQueries.finish(ids, $0) }
    }

    /// The jobs first: a mail that is being sent is waited for, and one that would be sent later has lost its row.
    private func eraseMessages(of user: ErasedUser) async throws {
        try await repeated { try eraseJobs(of: user, limit: Self.chunk, $0) }
        try await repeated { try ErasureQueries.deleteMessages(of: user.id, limit: Self.chunk, $0) }
        for address in user.addresses {
            try await repeated { try ErasureQueries.deleteMessages(to: address, limit: Self.chunk, $0) }
        }
    }

    /// Deletes at most `limit` jobs that are about a user, or about who had one of their addresses when it was theirs.
    func eraseJobs(of user: ErasedUser, limit: Int, _ tx: Transaction) throws -> Int {
        var count = try jobs.erase(.user(user.id.rawValue), limit: limit, in: tx)
        for address in user.addresses where count < limit {
            count += try jobs.erase(
                .recipient(address.email), by: address.until + .hours(1), limit: limit - count, in: tx)
        }
        return count
    }

    private func eraseAudit(of user: ErasedUser) async throws {
        let own = try await database.report { try AuditErasureQueries.entries(by: user.id, $0) }
        for chunk in own.chunked(by: Self.chunk).map(Array.init) {
            try await database.write { try AuditErasureQueries.unname(chunk, in: $0) }
        }
        try await redact(
            try await database.report { try AuditErasureQueries.entries(under: ["/api/users/\(user.id)/"], $0) })
        let addresses = user.addresses.map { ($0.email, $0.until) }
        var next: Int64? = 0
        while let start = next {
            let (found, last) = try await database.report {
                try AuditErasureQueries.entries(naming: addresses, after: start, limit: Self.readAtOnce, $0)
            }
            try await redact(found)
            next = last
        }
    }

    private func redact(_ entries: [Int64]) async throws {
        for chunk in entries.chunked(by: Self.chunk).map(Array.init) {
            try await database.write { try AuditErasureQueries.redact(chunk, in: $0) }
        }
    }
}
