import Commerce
import Jobs
import Modules
import Primitives
import SQL

/// Forgets a person: walks what the rooms bring for it. It may be broken off anywhere and begun anew.
extension PrivacyService {
    private var work: ErasureWork { ErasureWork(database) }

    func erase(_ id: UserID) async throws -> JobHandler.Completion {
        let user = try await database.read { try ErasureQueries.user(id, $0) }
        for orders in data.compactMap(\.orders) { try await orders.begin(user, work) }
        try await eraseEndedOrders()
        try await run(ErasureStep.Phase.allCases, for: user)
        let paths = try await database.report { [data] connection in
            try data.flatMap { try $0.userPaths(id, connection) }
        }
        for erase in data.flatMap(\.erasePaths) { try await erase(paths, work) }
        return { tx in try ErasureQueries.finish(id, tx) }
    }

    /// Erases the orders of erased people that have come to their end.
    func eraseEndedOrders() async throws {
        for erasure in data.compactMap(\.orders) {
            while case let orders = try await database.report({ try erasure.ended($0) }), !orders.isEmpty {
                try await erase(orders, erasure)
            }
        }
    }

    /// Erases orders, which are locked first. What is found by their numbers and addresses goes in the same
    /// transaction; what was written about requests for them goes last.
    private func erase(_ orders: [ErasedOrder], _ erasure: OrderErasure) async throws {
        try await database.write { tx in
            try erasure.erase(orders, tx)
            for erase in data.flatMap(\.eraseWithOrders) { try erase(orders, ErasureWork.chunk, tx) }
        }
        for user in Set(orders.compactMap(\.user)) {
            try await run([.jobs, .messages], for: ErasedUser(id: user, addresses: []))
        }
        let paths = try await database.report { connection in
            try erasure.paths(orders, connection) + data.flatMap(\.orderPaths).flatMap { try $0(orders, connection) }
        }
        for erase in data.flatMap(\.erasePaths) { try await erase(paths, work) }
        try await database.write { try erasure.finish(orders, $0) }
    }

    private func run(_ phases: [ErasureStep.Phase], for user: ErasedUser) async throws {
        let steps = data.flatMap(\.erase)
        for phase in phases {
            for step in steps where step.phase == phase { try await step.run(user, work) }
        }
    }
}
