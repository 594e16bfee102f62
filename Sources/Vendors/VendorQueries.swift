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
        var ids: [VendorID]?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let status { conditions.append("status = \(status)") }
            if let ids { conditions.append("id IN (\(list: ids))") }
            if let search {
                let pattern = "%" + search.lowercased().keeping { !"%_\\".unicodeScalars.contains($0) } + "%"
                conditions.append("LOWER(name) LIKE \(pattern)")
            }
            return conditions.joined(by: " AND ")
        }

        /// Returns the index that a page in this order walks; nil where none has it.
        func index(by key: SortKey) -> StaticString? {
            guard ids == nil else { return nil }
            return switch key {
            case .createdAt: status == nil ? "ix_vendors_created_at" : "ix_vendors_status_created_at"
            case .name: status == nil ? "ix_vendors_name" : nil
            }
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

    /// Returns a query that counts the vendors of a list.
    static func counting(_ filter: Filter, _ dialect: Dialect) -> Query {
        let walk = dialect.forceIndex(filter.search == nil ? filter.index(by: .createdAt) : nil)
        return "SELECT COUNT(*) FROM vendors \(walk) WHERE \(filter.condition)"
    }

    static func list(
        _ filter: Filter, by ordering: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Vendor] {
        try connection.all(
            """
            SELECT \(Vendor.columns) FROM vendors \(connection.dialect.forceIndex(filter.index(by: ordering.key)))
            WHERE \(filter.condition) ORDER BY \(ordering.key) \(ordering.direction), id \(ordering.direction) \(page.limit)
            """)
    }

    static func find(_ reference: Reference, _ connection: Connection) throws -> Vendor? {
        try connection.first("SELECT \(Vendor.columns) FROM vendors WHERE \(reference.condition)")
    }

    static func find(_ id: VendorID, _ connection: Connection) throws -> Vendor? {
        try find(.id(id.rawValue), connection)
    }

    static func find(of user: UserID, _ connection: Connection) throws -> Vendor? {
        try connection.first("SELECT \(Vendor.columns) FROM vendors WHERE user_id = \(user)")
    }

    static func names(of ids: [VendorID], _ connection: Connection) throws -> [VendorID: String] {
        guard !ids.isEmpty else { return [:] }
        let found = try connection.all("SELECT id, name FROM vendors WHERE id IN (\(list: ids))") { row in
            (id: try row(VendorID.self), name: try row(String.self))
        }
        return Dictionary(found.map { ($0.id, $0.name) }) { first, _ in first }
    }

    static func approvedRates(of ids: [VendorID], _ connection: Connection) throws -> [VendorID: Int64] {
        guard !ids.isEmpty else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: try connection.tuples(
                "SELECT id, commission_rate FROM vendors WHERE id IN (\(list: ids)) AND commission_rate IS NOT NULL"))
    }

    static func lock(_ id: VendorID, _ tx: Transaction) throws -> Vendor? {
        try tx.first("SELECT \(Vendor.columns) FROM vendors WHERE id = \(id) \(tx.dialect.forUpdate)")
    }

    static func lock(of user: UserID, _ tx: Transaction) throws -> Vendor? {
        try tx.first("SELECT \(Vendor.columns) FROM vendors WHERE user_id = \(user) \(tx.dialect.forUpdate)")
    }

    static func status(of id: VendorID, _ tx: Transaction) throws -> VendorStatus? {
        try tx.value("SELECT status FROM vendors WHERE id = \(id) \(tx.dialect.forShare)")
    }

    static func slugs(like slug: Slug, _ tx: Transaction) throws -> Set<String> {
        Set(try tx.column("SELECT slug FROM vendors WHERE \(slug.family)", as: String.self))
    }

    static func insert(
        _ business: Vendor.Business, slug: String, user: UserID?, status: VendorStatus, at now: Timestamp,
        _ tx: Transaction
    ) throws -> VendorID {
        VendorID(
            try tx.insert(
                """
                INSERT INTO vendors \(insert: business.values + [
                    "user_id": user, "slug": slug, "status": status, "approved_at": status == .approved ? now : nil,
                    "created_at": now, "updated_at": now,
                ])
                """))
    }

    /// Writes what the vendor says of the business; what papers have shown of another one counts no more.
    static func update(
        _ business: Vendor.Business, isVerified: Bool, _ id: VendorID, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE vendors SET \(set: business.values), is_verified = \(isVerified), version = version + 1,
            updated_at = \(now) WHERE id = \(id)
            """)
    }

    static func decide(
        _ status: VendorStatus, reason: String, _ id: VendorID, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE vendors SET status = \(status), status_reason = \(reason), version = version + 1,
            updated_at = \(now) WHERE id = \(id)
            """)
    }

    /// Notes the rate and the time of an approval; a rate of nil leaves the former one.
    static func noteApproval(_ rate: Int64?, _ id: VendorID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE vendors SET approved_at = \(now), commission_rate = COALESCE(\(rate), commission_rate)
            WHERE id = \(id)
            """)
    }

    static func setPicture(
        _ picture: VendorPicture, to key: String?, of id: VendorID, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE vendors SET \(picture) = \(key), version = version + 1, updated_at = \(now) WHERE id = \(id)
            """)
    }

    static func setVerified(_ isVerified: Bool, _ id: VendorID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE vendors SET is_verified = \(isVerified), version = version + 1, updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    /// Adds a rating to the sums.
    static func count(rating: Int, of id: VendorID, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE vendors SET rating_sum = rating_sum + \(rating), rating_count = rating_count + 1 WHERE id = \(id)")
    }

    static func referenced(_ picture: VendorPicture, _ keys: [String], _ connection: Connection) throws -> [String] {
        guard !keys.isEmpty else { return [] }
        return try connection.column("SELECT \(picture) FROM vendors WHERE \(picture) IN (\(list: keys))")
    }
}

/// The two pictures of a vendor.
public enum VendorPicture: String, Sendable, SQLName {
    case logo
    case banner

    /// The media folder of its files.
    var folder: String { self == .logo ? "vendor-logos" : "vendor-banners" }

    /// The column of `vendors` that names the file.
    public var sqlName: StaticString { self == .logo ? "logo_key" : "banner_key" }
}
