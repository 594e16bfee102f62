import Commerce
import Primitives
import SQL

/// Where a vendor stands with the shop.
public enum VendorStatus: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    case pending
    case approved
    case rejected
    case suspended
}

/// Somebody who sells in the shop.
public struct Vendor: Sendable, Hashable {
    public let id: VendorID
    public let userID: UserID?
    public let name: String
    public let slug: String
    public let status: VendorStatus
    public let version: Int
    public let createdAt: Timestamp
    public let updatedAt: Timestamp
}

extension Vendor: RowDecodable {
    static let columns: Query = "id, user_id, name, slug, status, version, created_at, updated_at"

    public init(row: Row) throws {
        self.id = try row[0]
        self.userID = try row[1]
        self.name = try row[2]
        self.slug = try row[3]
        self.status = try row[4]
        self.version = try row[5]
        self.createdAt = try row[6]
        self.updatedAt = try row[7]
    }
}
