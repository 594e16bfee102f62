import Commerce
import Web

/// A user as administrators see them.
struct ManagedUserBody: ResponseBody {
    let user: UserBody
    let isSuspended: Bool
    let suspensionReason: String?
    let twoFactorEnabled: Bool
    /// Those of the groups.
    let groupPermissions: [String]
    let groups: [StaffGroupID]

    enum CodingKeys: String, CodingKey {
        case isSuspended, suspensionReason, twoFactorEnabled, groupPermissions, groups
    }

    init(_ managed: ManagedUser, _ groups: [StaffGroupID], _ baseURL: String) {
        user = UserBody(managed.account, baseURL: baseURL)
        isSuspended = managed.account.user.status.isSuspended
        suspensionReason = managed.suspensionReason.isEmpty ? nil : managed.suspensionReason
        twoFactorEnabled = managed.hasTwoFactor
        groupPermissions = managed.groupPermissions.sorted()
        self.groups = groups
    }

    init(from decoder: any Decoder) throws {
        user = try UserBody(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        isSuspended = try container.decode(Bool.self, forKey: .isSuspended)
        suspensionReason = try container.decodeIfPresent(String.self, forKey: .suspensionReason)
        twoFactorEnabled = try container.decode(Bool.self, forKey: .twoFactorEnabled)
        groupPermissions = try container.decode([String].self, forKey: .groupPermissions)
        groups = try container.decode([StaffGroupID].self, forKey: .groups)
    }

    /// Writes the user's own fields and those that only administrators see as one object.
    func encode(to encoder: any Encoder) throws {
        try user.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isSuspended, forKey: .isSuspended)
        try container.encode(suspensionReason, forKey: .suspensionReason)
        try container.encode(twoFactorEnabled, forKey: .twoFactorEnabled)
        try container.encode(groupPermissions, forKey: .groupPermissions)
        try container.encode(groups, forKey: .groups)
    }
}
