import Commerce
import Primitives
import SQL

/// A review of a product.
public struct ReviewID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }
}

/// A picture of a review.
public struct ReviewImageID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }
}

/// The shop's decision on a review.
public enum ReviewStatus: String, WireEnum {
    /// Nobody has decided yet; only its author and staff see it.
    case pending
    /// Everybody sees it, and its rating counts.
    case approved
    /// Only its author and staff see it.
    case rejected
}

/// The words and the rating that somebody gives a product.
public struct ReviewDraft: Sendable, Hashable {
    /// From 1 to 5.
    public var rating = 0
    /// At most 200 characters; empty only where the author was erased.
    public var title = ""
    /// At most 5,000 characters; empty only where the author was erased.
    public var text = ""
    /// At most 1,000 characters; may be empty.
    public var pros = ""
    /// At most 1,000 characters; may be empty.
    public var cons = ""

    /// Makes a draft without a word and without a rating.
    public init() {}
}

/// A review as its row has it.
public struct Review: Sendable, Hashable, Record {
    /// The primary key; 0 until the review is stored.
    public internal(set) var id = ReviewID(0)
    /// The product that is reviewed.
    public internal(set) var product = ProductID(0)
    /// The author, whose row stays when the account is erased.
    public internal(set) var user = UserID(0)
    /// The delivered order that shows the purchase; nil where none does, or it is gone.
    var order: OrderID?
    /// What the author says.
    public internal(set) var draft = ReviewDraft()
    var isVerified = false
    /// The votes that found it helpful; equal to the rows of votes.
    var helpful = 0
    /// The votes that did not find it helpful; equal to the rows of votes.
    var notHelpful = 0
    /// The number of pictures; equal to their rows.
    var imageCount = 0
    /// The shop's decision.
    public internal(set) var status = ReviewStatus.pending
    /// The reason that staff gave for a rejection; empty otherwise.
    var rejectionReason = ""
    /// The member of staff who decided last.
    var moderator: UserID?
    var moderatedAt: Timestamp?
    /// Counts changes by the author and decisions of the shop, from 1, for `If-Match`; votes and responses are none.
    var version = 1
    var createdAt = Timestamp(seconds: 0)
    var updatedAt = Timestamp(seconds: 0)

    /// Creates a pending review of nothing, which reading fills.
    public init() {}

    /// The columns that a review is read from and written to.
    public static let columns = Columns<Review>(
        .key("id", \.id),
        .column("product_id", \.product),
        .column("user_id", \.user),
        .column("order_id", \.order),
        .column("rating", \.draft.rating),
        .column("title", \.draft.title),
        .column("review_text", \.draft.text),
        .column("pros", \.draft.pros),
        .column("cons", \.draft.cons),
        .column("is_verified", \.isVerified),
        .key("helpful_count", \.helpful),
        .key("not_helpful_count", \.notHelpful),
        .key("image_count", \.imageCount),
        .column("status", \.status),
        .column("rejection_reason", \.rejectionReason),
        .column("moderated_by", \.moderator),
        .column("moderated_at", \.moderatedAt),
        .column("version", \.version),
        .column("created_at", \.createdAt),
        .column("updated_at", \.updatedAt))

    /// What it adds to the ratings of its product: nothing before it is approved.
    var counted: CountedRating? {
        status == .approved ? CountedRating(rating: draft.rating, isVerified: isVerified) : nil
    }
}

/// What an approved review adds to the ratings of its product.
public struct CountedRating: Sendable, Hashable {
    /// From 1 to 5.
    public let rating: Int
    /// Whether the author has bought the product.
    public let isVerified: Bool

    /// A rating from 1 to 5.
    public init(rating: Int, isVerified: Bool) {
        self.rating = rating
        self.isVerified = isVerified
    }
}

/// The answer to a review: one, by the product's vendor or by staff.
struct ReviewResponse: Sendable, Hashable, RowDecodable {
    /// Those for whom a response speaks.
    enum Role: String, WireEnum {
        case vendor
        case staff
    }

    static let columns: Query = "p.responder_role, p.response_text, p.version, p.created_at, p.updated_at"

    let role: Role
    let text: String
    /// Counts changes of the row, from 1, for `If-Match`.
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(row: inout RowReader) throws {
        role = try row()
        text = try row()
        version = try row()
        createdAt = try row()
        updatedAt = try row()
    }
}

/// A picture of a review.
struct ReviewImage: Sendable, Hashable, RowDecodable {
    static let columns: Query = "id, review_id, image_key, caption, width, height"

    let id: ReviewImageID
    let review: ReviewID
    /// The media key.
    let key: String
    /// At most 255 characters; may be empty.
    let caption: String
    let width: Int
    let height: Int

    init(row: inout RowReader) throws {
        id = try row()
        review = try row()
        key = try row()
        caption = try row()
        width = try row()
        height = try row()
    }
}

/// A review with all that is shown of it.
struct ShownReview: Sendable {
    let review: Review
    let response: ReviewResponse?
    /// The vote of whoever looks at it.
    let vote: Bool?
    /// What the product is called; nil where nobody asked.
    var productName: String?
    var images: [ReviewImage] = []
    var author = ReviewAuthor.unknown
}

extension ShownReview: RowDecodable {
    static let columns: Query = "\(Review.columns, of: "r"), \(ReviewResponse.columns), v.is_helpful"

    init(row: inout RowReader) throws {
        review = try Review(row: &row)
        response = try row.optional(5) { try ReviewResponse(row: &$0) }
        vote = try row()
    }

    /// Decodes a row of the columns with the product's name behind them.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    static func named(_ row: inout RowReader) throws -> ShownReview {
        var shown = try ShownReview(row: &row)
        shown.productName = try row()
        return shown
    }
}
