import Commerce
import Primitives
import SQL

/// A review of a vendor.
public struct VendorReviewID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }
}

/// What a customer says of a vendor after an order.
struct VendorReview: Sendable, Hashable {
    let id: VendorReviewID
    let vendor: VendorID
    /// Nil where the customer was erased.
    let user: UserID?
    /// 1 to 5 stars.
    let rating: Int
    let text: String
    /// The vendor's answer; empty before there is one.
    let response: String
    let respondedAt: Timestamp?
    let createdAt: Timestamp
}

extension VendorReview: RowDecodable {
    static let columns: Query = "id, vendor_id, user_id, rating, review_text, response, responded_at, created_at"

    init(row: inout RowReader) throws {
        id = try row()
        vendor = try row()
        user = try row()
        rating = try row()
        text = try row()
        response = try row()
        respondedAt = try row()
        createdAt = try row()
    }
}
