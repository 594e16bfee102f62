import AdminPages
import Primitives
import Web

/// The first page: what waits for someone, and how the shop sells.
struct DashboardPage: Sendable {
    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    func show() async throws -> AdminPage {
        visit.page("dashboard", title: Words.dashboard, [:])
    }
}
