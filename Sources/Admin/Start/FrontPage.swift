import AdminPages
import HTTPTypes
import Web

/// The page at `/`: says where one is, and leads on.
struct FrontPage: Sendable {
    let site: AdminSite

    var endpoint: Endpoint {
        Endpoint(.get, "/", "Says what this server is, and leads on.", access: .anyone) {
            (call: APIRequest, _: NoInput) in await site.answer(call) { try await show(call) }
        }
    }

    private func show(_ call: APIRequest) async throws -> AdminPage {
        let isNew = try await !site.door.hasStaff()
        return site.bare("front", title: Words.frontTitle, ["isNew": isNew], language: site.language(of: call))
    }
}
