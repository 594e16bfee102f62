import Commerce
import Primitives
import SQL
import Web

/// The statements of `vendors`.
enum VendorQueries {
    /// The conditions on the vendors of a list; nil leaves one out.
    struct Filter: Sendable {
        let status: VendorStatus?
        /// A part of the name, in upper or lower case.
        let search: String?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let status { conditions.append("status = \(status)") }
            if let search {
                let pattern = "%" + search.lowercased().keeping { !"%_\\".unicodeScalars.contains($0) } + "%"
                conditions.append("LOWER(name) LIKE \(pattern)")
            }
            return conditions.joined(by: " AND ")
        }
    }

    enum SortKey: String, Sendable, Hashable, CaseIterable, SQLName {
        case name
        case createdAt = "created_at"

        var sqlName: StaticString {
            switch self {
            case .name: "name"
            case .createdAt: "created_at"
            }
        }
    }

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM vendors WHERE \(filter.condition)") ?? 0
    }

    static func list(
        _ filter: Filter, by ordering: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Vendor] {
        try connection.all(
            """
            SELECT \(Vendor.columns) FROM vendors WHERE \(filter.condition)
            ORDER BY \(ordering.key) \(ordering.direction), id \(ordering.direction) \(page.limit)
            """)
    }

    static func find(_ id: VendorID, _ connection: Connection) throws -> Vendor? {
        try connection.first("SELECT \(Vendor.columns) FROM vendors WHERE id = \(id)")
    }

    static func slugs(like slug: Slug, _ tx: Transaction) throws -> Set<String> {
        Set(try tx.column("SELECT slug FROM vendors WHERE \(slug.family)", as: String.self))
    }

    static func insert(
        _ name: String, slug: String, user: UserID?, status: VendorStatus, at now: Timestamp, _ tx: Transaction
    ) throws -> VendorID {
        VendorID(
            try tx.insert(
                """
                INSERT INTO vendors (user_id, name, slug, status, created_at, updated_at)
                VALUES (\(user), \(name), \(slug), \(status), \(now), \(now))
                """))
    }
}
