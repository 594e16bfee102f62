import HTTPTypes
import Modules
import Web

/// Groups of staff, and the permissions that they give.
struct StaffGroupRoutes: Sendable {
    let core: AccountsCore

    var group: EndpointGroup {
        EndpointGroup("Staff: groups", "Groups of staff and their permissions.", [listingPermissions] + groups)
    }

    private var listingPermissions: Endpoint {
        Endpoint(
            .get, "/api/admin/permissions/", "Lists the permissions that staff can be given.", access: .admin,
            use: listPermissions)
    }

    private var groups: [Endpoint] {
        ResourceEndpoints(
            StaffGroupResource(time: core.time, permissions: core.configuration.permissions), at: "/api/admin/groups/",
            "group of staff", "groups of staff",
            access: .admin, in: core.database
        ).endpoints
    }

    private func listPermissions(_ call: APIRequest, _: NoInput) async throws -> PermissionsBody {
        PermissionsBody(
            permissions: core.configuration.permissions.map { .init(name: $0.name, summary: $0.summary) })
    }
}

/// The permissions that staff can be given.
struct PermissionsBody: ResponseBody {
    struct Entry: Codable, Sendable {
        let name: String
        let summary: String
    }

    let permissions: [Entry]
}
