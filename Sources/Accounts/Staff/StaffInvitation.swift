import Commerce
import Web

/// `POST /api/admin/staff/`: somebody who is to work for the shop.
struct StaffInvitation: Input {
    /// What they may become.
    private enum StaffRole: String, CaseIterable, Sendable {
        case staff
        case admin
    }

    let email: String
    let firstName: String
    let lastName: String
    let role: Role
    let permissions: Set<String>
    let groups: [StaffGroupID]

    init(_ fields: Fields) {
        email = fields.email("email")
        firstName = fields.string("first_name", length: 1...150)
        lastName = fields.string("last_name", .optional(""), length: 0...150)
        role = fields.choice("role", .optional(.staff), of: StaffRole.self) == .admin ? .admin : .staff
        permissions = fields.permissions()
        groups = fields.ids("groups", as: StaffGroupID.self, limit: 100)
    }
}
