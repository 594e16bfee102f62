import Commerce
import SQL

/// Statements on `staff_groups` and their members.
enum StaffGroupQueries {
    static func existing(_ ids: [StaffGroupID], _ connection: Connection) throws -> [StaffGroupID] {
        ids.isEmpty ? [] : try connection.column("SELECT id FROM staff_groups WHERE id IN (\(list: ids))")
    }

    static func members(of group: StaffGroupID, _ connection: Connection) throws -> [UserID] {
        try connection.column("SELECT user_id FROM staff_group_members WHERE group_id = \(group) ORDER BY user_id")
    }

    static func groups(of users: [UserID], _ connection: Connection) throws -> [UserID: [StaffGroupID]] {
        guard !users.isEmpty else { return [:] }
        let rows = try connection.all(
            """
            SELECT user_id, group_id FROM staff_group_members WHERE user_id IN (\(list: users))
            ORDER BY user_id, group_id
            """
        ) { (user: try $0(UserID.self), group: try $0(StaffGroupID.self)) }
        return Dictionary(grouping: rows, by: \.user).mapValues { $0.map(\.group) }
    }

    static func setGroups(_ groups: [StaffGroupID], of user: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM staff_group_members WHERE user_id = \(user)")
        guard !groups.isEmpty else { return }
        let rows = Set(groups).sorted().map { [SQLValue].row($0, user) }
        try tx.execute("INSERT INTO staff_group_members (group_id, user_id) VALUES \(rows: rows)")
    }

    /// Writes what users may do by their groups onto their rows, where every request looks.
    static func denormalizePermissions(of users: [UserID], _ tx: Transaction) throws {
        guard !users.isEmpty else { return }
        let rows: [(UserID, String)] = try tx.tuples(
            """
            SELECT m.user_id, g.permissions FROM staff_group_members m JOIN staff_groups g ON g.id = m.group_id
            WHERE m.user_id IN (\(list: users))
            """)
        var permissions: [UserID: Set<String>] = [:]
        for (user, text) in rows { permissions[user, default: []].formUnion(PermissionList.read(text)) }
        let cases = users.map { "WHEN \($0) THEN \(PermissionList.text(permissions[$0] ?? []))" as Query }
        try tx.execute(
            """
            UPDATE users SET group_permissions = CASE id \(cases.joined(by: " ")) ELSE group_permissions END
            WHERE id IN (\(list: users))
            """)
    }
}
