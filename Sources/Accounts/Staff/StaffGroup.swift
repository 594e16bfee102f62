import Commerce
import Modules
import Primitives
import SQL
import Web

/// A group of staff with the permissions that each of them has by it.
struct StaffGroup: TableRow {
    static let table: StaticString = "staff_groups"
    static let columns = Columns<StaffGroup>(
        .key("id", \.id),
        .column("name", \.name),
        .column("permissions", \.permissions, read: { PermissionList.read($0) }, write: { PermissionList.text($0) }),
        .key("version", \.version),
        .key("created_at", \.createdAt),
        .key("updated_at", \.updatedAt))

    var id = StaffGroupID(0)
    var name = ""
    var permissions: Set<String> = []
    var version = 1
    var createdAt = Timestamp(seconds: 0)
    var updatedAt = Timestamp(seconds: 0)
}

/// A group as it is shown.
struct StaffGroupBody: ResponseBody {
    let id: StaffGroupID
    let name: String
    let permissions: [String]
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ group: StaffGroup) {
        id = group.id
        name = group.name
        permissions = group.permissions.sorted()
        version = group.version
        createdAt = group.createdAt
        updatedAt = group.updatedAt
    }
}

/// Which groups a list shows.
struct StaffGroupFilter: RowFilter {
    /// Part of the name.
    let search: String?

    var condition: Query { search.map { "INSTR(LOWER(name), \($0.lowercased())) > 0" } ?? "1 = 1" }
}

/// The order of a list of groups.
enum StaffGroupSortKey: String, CaseIterable, SQLName, Sendable {
    case name
    case createdAt = "created_at"

    var sqlName: StaticString { self == .name ? "name" : "created_at" }
}

/// Groups of staff as administrators keep them.
struct StaffGroupResource: AdminResource {
    let time: TimeSource
    /// Those that a group can have.
    let permissions: [Permission]

    static var defaultOrdering: Ordering<StaffGroupSortKey> { Ordering(.name) }

    static func change(_ fields: Fields) -> Change<StaffGroup> {
        var change = Change<StaffGroup>()
        change.set(\.name, to: fields.sent("name") { $0.string($1, length: 1...100) })
        change.set(\.permissions, to: fields.sent("permissions") { $0.permissions($1) })
        return change
    }

    static func filter(_ fields: Fields) -> StaffGroupFilter {
        StaffGroupFilter(search: fields.optionalString("search", length: 0...100))
    }

    func insert(_ group: StaffGroup, in tx: Transaction) throws -> StaffGroupID {
        try permissions.check(group.permissions)
        return try unique("name", "group") { try insertRow(group, at: time.now, in: tx) }
    }

    func update(_ group: StaffGroup, in tx: Transaction) throws -> Bool {
        try permissions.check(group.permissions)
        guard try unique("name", "group", { try updateRow(group, at: time.now, in: tx) }) else {
            return false
        }
        try StaffGroupQueries.denormalizePermissions(of: try StaffGroupQueries.members(of: group.id, tx), tx)
        return true
    }

    func delete(_ group: StaffGroup, in tx: Transaction) throws {
        let members = try StaffGroupQueries.members(of: group.id, tx)
        try deleteRow(group.id, in: tx)
        try StaffGroupQueries.denormalizePermissions(of: members, tx)
    }

    func body(of group: StaffGroup) -> StaffGroupBody { StaffGroupBody(group) }
}

extension Fields {
    /// Reads a list of permissions by name.
    func permissions(_ name: String = "permissions") -> Set<String> {
        Set(strings(name, length: 1...100, limit: 100))
    }
}

extension [Permission] {
    /// Checks that there is each permission of these names.
    ///
    /// - Throws: `ValidationError` on `permissions`.
    func check(_ names: Set<String>) throws {
        let known = Set(map(\.name))
        guard let unknown = names.sorted().first(where: { !known.contains($0) }) else { return }
        throw ValidationError("permissions", "\"\(unknown)\" is not a valid choice.")
    }
}
