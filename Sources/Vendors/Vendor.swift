import Commerce
import Primitives
import SQL

/// The shop's decision on a vendor.
public enum VendorStatus: String, WireEnum {
    case pending
    case approved
    case rejected
    case suspended
}

/// A merchant who sells in the shop.
public struct Vendor: Sendable, Hashable {
    /// The primary key.
    public let id: VendorID
    /// The account that manages the vendor's products; nil where there is none.
    public let userID: UserID?
    /// The name shown to shoppers, 1 to 200 characters.
    public let name: String
    /// The unique name in URLs, made of the name.
    public let slug: String
    /// The shop's decision; only approved vendors manage their products.
    public let status: VendorStatus
    /// Counts changes of the row.
    public let version: Int
    /// The moment of creation, in UTC.
    public let createdAt: Timestamp
    /// The moment of the last change, in UTC.
    public let updatedAt: Timestamp
}

extension Vendor: RowDecodable {
    static let columns: Query = "id, user_id, name, slug, status, version, created_at, updated_at"

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        self.id = try row()
        self.userID = try row()
        self.name = try row()
        self.slug = try row()
        self.status = try row()
        self.version = try row()
        self.createdAt = try row()
        self.updatedAt = try row()
    }
}
