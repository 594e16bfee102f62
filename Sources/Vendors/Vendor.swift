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

/// What staff decide about a vendor.
enum VendorDecision: Sendable, Hashable {
    /// Lets the vendor sell, at this rate of commission in millionths or at the shop's rules.
    case approve(rate: Int64?)
    case reject(reason: String)
    case suspend(reason: String)
    case reinstate

    /// The statuses in which it can be made.
    var origins: Set<VendorStatus> {
        switch self {
        case .approve: [.pending, .rejected]
        case .reject: [.pending]
        case .suspend: [.approved]
        case .reinstate: [.suspended]
        }
    }

    /// The status that it gives.
    var status: VendorStatus {
        switch self {
        case .approve, .reinstate: .approved
        case .reject: .rejected
        case .suspend: .suspended
        }
    }

    /// The reason that was given; empty without one.
    var reason: String {
        switch self {
        case .reject(let reason), .suspend(let reason): reason
        case .approve, .reinstate: ""
        }
    }

    /// The template of the mail that tells the vendor.
    var template: String {
        switch self {
        case .approve: "vendor_approved"
        case .reject: "vendor_rejected"
        case .suspend: "vendor_suspended"
        case .reinstate: "vendor_reinstated"
        }
    }
}

/// The legal form of a vendor.
public enum BusinessType: String, WireEnum {
    case individual
    case company
}

/// A merchant who sells in the shop.
public struct Vendor: Sendable, Hashable {
    /// The primary key.
    public let id: VendorID
    /// The account that manages the vendor's products; nil where there is none.
    public let userID: UserID?
    /// What the vendor says of the business.
    public var business: Business
    /// The unique name in URLs, made of the name.
    public let slug: String
    /// The media key of the logo; nil without one.
    public let logoKey: String?
    /// The media key of the banner; nil without one.
    public let bannerKey: String?
    /// The rate in millionths that staff gave at approval; nil where the shop's rules decide.
    public let commissionRate: Int64?
    /// The shop's decision; only approved vendors manage their products.
    public let status: VendorStatus
    /// The reason of the last rejection or suspension; empty where none was given.
    public let statusReason: String
    /// Whether staff have seen the papers that the business needs.
    public let isVerified: Bool
    /// The sum of the ratings in all reviews.
    public let ratingSum: Int
    /// The number of reviews.
    public let ratingCount: Int
    /// Counts changes of the row.
    public let version: Int
    /// The moment of the last approval, in UTC; nil before it.
    public let approvedAt: Timestamp?
    /// The moment of creation, in UTC.
    public let createdAt: Timestamp
    /// The moment of the last change, in UTC.
    public let updatedAt: Timestamp

    /// The name shown to shoppers.
    public var name: String { business.name }

    /// The mean number of stars, rounded to two decimals; 0 where there are no reviews.
    public var rating: Double {
        ratingCount == 0 ? 0 : (Double(ratingSum) / Double(ratingCount) * 100).rounded() / 100
    }
}

extension Vendor {
    /// What a vendor says of the business.
    public struct Business: Sendable, Hashable {
        /// The name shown to shoppers, 1 to 200 characters.
        public var name: String
        /// The legal form.
        public var type: BusinessType
        /// The number in a register of businesses; may be empty.
        public var registrationNumber: String
        /// The number under which taxes are paid; may be empty.
        public var taxID: String
        /// The text on the public page; may be empty.
        public var description: String

        /// Describes a business.
        public init(
            name: String, type: BusinessType = .company, registrationNumber: String = "", taxID: String = "",
            description: String = ""
        ) {
            self.name = name
            self.type = type
            self.registrationNumber = registrationNumber
            self.taxID = taxID
            self.description = description
        }

        /// Returns whether what papers show of the business is the same.
        func isLegally(_ other: Business) -> Bool {
            (type, registrationNumber, taxID) == (other.type, other.registrationNumber, other.taxID)
                && name == other.name
        }

        var values: ColumnValues {
            [
                "name": name, "business_type": type, "registration_number": registrationNumber, "tax_id": taxID,
                "description": description,
            ]
        }
    }
}

extension Vendor: RowDecodable {
    static let columns: Query = """
        id, user_id, name, business_type, registration_number, tax_id, description, slug, logo_key, banner_key,
        commission_rate, status, status_reason, is_verified, rating_sum, rating_count, version, approved_at, created_at,
        updated_at
        """

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        userID = try row()
        business = Business(
            name: try row(), type: try row(), registrationNumber: try row(), taxID: try row(), description: try row())
        slug = try row()
        logoKey = try row()
        bannerKey = try row()
        commissionRate = try row()
        status = try row()
        statusReason = try row()
        isVerified = try row()
        ratingSum = try row()
        ratingCount = try row()
        version = try row()
        approvedAt = try row()
        createdAt = try row()
        updatedAt = try row()
    }
}
