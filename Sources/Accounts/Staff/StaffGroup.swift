import Commerce
import Modules
import Primitives
import SQL
import Web

/// A group of staff with the permissions that each of them has by it.
struct StaffGroup: RowDecodable, Sendable {
    static let columns: Query = "id, name, permissions, version, created_at, updated_at"

    let id: StaffGroupID
    var name: String
    var permissions: Set<String>
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(row: inout RowReader) throws {
        id = try row()
        name = try row()
        permissions = PermissionList.read(try row())
        version = try row()
        createdAt = try row()
        updatedAt = try row()
    }

    init(at now: Timestamp) {
        (id, name, permissions, version) = (StaffGroupID(0), "", [], 1)
        (createdAt, updatedAt) = (now, now)
    }
}

/// A group as it is shown.
struct StaffGroupBody: ResponseBody {
    let id: StaffGroupID
    let name: String
    let permissions: [String]
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case id, name, permissions, version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ group: StaffGroup) {
        id = group.id
        name = group.name
        permissions = group.permissions.sorted()
        version = group.version
        createdAt = group.createdAt
        updatedAt = group.updatedAt
    }
}

/// The order of a list of groups.
enum StaffGroupOrder: String, CaseIterable, SQLName, Sendable {
    case name
    case createdAt = "created_at"

    var sqlName: StaticString { self == .name ? "name" : "created_at" }
}

/// Groups of staff as administrators keep them.
struct StaffGroupKeeper: Keeper {
    let time: TimeSource
    /// Those that a group can have.
    let permissions: [Permission]

    var blank: StaffGroup { StaffGroup(at: time.now) }

    static var usualOrder: Ordering<StaffGroupOrder> { Ordering(.name) }

    static func change(_ fields: Fields) -> Change<StaffGroup> {
        var change = Change<StaffGroup>()
        change.set(\.name, to: fields.sent("name") { $0.string("name", length: 1...100) })
        change.set(\.permissions, to: fields.sent("permissions") { $0.permissions() })
        return change
    }

    static func filter(_ fields: Fields) -> String? { fields.optionalString("search", length: 0...100) }

    static func version(of group: StaffGroup) -> Int { group.version }

    func count(_ search: String?, _ connection: Connection) throws -> Int {
        try StaffGroupQueries.count(search, connection)
    }

    func rows(
        _ search: String?, by order: Ordering<StaffGroupOrder>, _ page: PageRequest, _ connection: Connection
    ) throws -> [StaffGroup] {
        try StaffGroupQueries.list(search, by: order, page, connection)
    }

    func find(_ id: StaffGroupID, _ connection: Connection) throws -> StaffGroup? {
        try StaffGroupQueries.find(id, connection)
    }

    func insert(_ group: StaffGroup, in tx: Transaction) throws -> StaffGroupID {
        try permissions.check(group.permissions)
        return try unique("name", "group") { try StaffGroupQueries.insert(group, at: time.now, tx) }
    }

    func update(_ group: StaffGroup, in tx: Transaction) throws -> Bool {
        try permissions.check(group.permissions)
        guard try unique("name", "group", { try StaffGroupQueries.update(group, at: time.now, tx) }) else {
            return false
        }
        try StaffGroupQueries.settlePermissions(of: try StaffGroupQueries.members(of: group.id, tx), tx)
        return true
    }

    func delete(_ group: StaffGroup, in tx: Transaction) throws {
        let members = try StaffGroupQueries.members(of: group.id, tx)
        try StaffGroupQueries.delete(group.id, tx)
        try StaffGroupQueries.settlePermissions(of: members, tx)
    }

    func body(of group: StaffGroup) -> StaffGroupBody { StaffGroupBody(group) }
}

extension Fields {
    /// A list of permissions by name.
    func permissions() -> Set<String> {
        Set(strings("permissions", length: 1...100, limit: 100))
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
