import Commerce
import Pictures
import Primitives
import Web

/// A review as the API shows it.
struct ReviewBody: ResponseBody {
    struct Author: Codable, Sendable {
        let id: UserID
        /// A first name and the initial of a last one, never an e-mail address.
        let displayName: String
        /// The whole URL of the author's picture; null where there is none.
        let avatar: String?
    }

    let id: ReviewID
    let productID: ProductID
    let user: Author
    /// From 1 to 5.
    let rating: Int
    let title: String
    let reviewText: String
    let pros: String
    let cons: String
    let isVerifiedPurchase: Bool
    let helpfulCount: Int
    let notHelpfulCount: Int
    /// Whether the caller found it helpful; null where they have not voted.
    let myVote: Bool?
    let status: ReviewStatus
    /// The reason of a rejection, for its author and staff; null otherwise.
    let rejectionReason: String?
    let images: [ReviewImageBody]
    let response: ReviewResponseBody?
    /// The version to send as `If-Match` with a change, or with a decision, so that nothing is approved that has changed
    /// since.
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    /// Shows a review; URLs begin with `baseURL`.
    init(_ shown: ShownReview, baseURL: String) {
        let (review, draft) = (shown.review, shown.review.draft)
        id = review.id
        productID = review.product
        user = Author(
            id: review.user, displayName: shown.author.displayName,
            avatar: shown.author.avatar.map { MediaURL.of($0, baseURL) })
        rating = draft.rating
        title = draft.title
        reviewText = draft.text
        pros = draft.pros
        cons = draft.cons
        isVerifiedPurchase = review.isVerified
        helpfulCount = review.helpful
        notHelpfulCount = review.notHelpful
        myVote = shown.vote
        status = review.status
        rejectionReason = review.shownRejectionReason
        images = shown.images.map { ReviewImageBody($0, baseURL: baseURL) }
        response = shown.response.map(ReviewResponseBody.init)
        version = review.version
        createdAt = review.createdAt
        updatedAt = review.updatedAt
    }
}

extension Review {
    /// The reason of a rejection; nil for a review that is not rejected, or not any more.
    fileprivate var shownRejectionReason: String? { status == .rejected ? rejectionReason : nil }
}

/// A picture of a review.
struct ReviewImageBody: ResponseBody {
    let id: ReviewImageID
    /// The whole URL of the picture as it was stored.
    let image: String
    /// Its whole URLs by the longest side in pixels.
    let sizes: PictureURLs
    let caption: String
    let width: Int
    let height: Int

    init(_ image: ReviewImage, baseURL: String) {
        id = image.id
        self.image = MediaURL.of(image.key, baseURL)
        sizes = PictureURLs(image.key, baseURL: baseURL)
        caption = image.caption
        width = image.width
        height = image.height
    }
}

/// The response to a review.
struct ReviewResponseBody: ResponseBody {
    /// For whom it speaks.
    let responder: ReviewResponse.Role
    let responseText: String
    /// The version to send as `If-Match` with another response.
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ response: ReviewResponse) {
        responder = response.role
        responseText = response.text
        version = response.version
        createdAt = response.createdAt
        updatedAt = response.updatedAt
    }
}

/// What the approved reviews of a product add up to.
struct ReviewSummaryBody: ResponseBody {
    /// The number of reviews by rating.
    struct Distribution: Codable, Sendable {
        let one: Int
        let two: Int
        let three: Int
        let four: Int
        let five: Int

        enum CodingKeys: String, CodingKey {
            case one = "1"
            case two = "2"
            case three = "3"
            case four = "4"
            case five = "5"
        }
    }

    /// The mean rating, rounded to two decimals; 0 without reviews.
    let average: Double
    let count: Int
    /// The number of reviews by buyers.
    let verifiedCount: Int
    let distribution: Distribution

    init(_ ratings: RatingSummary) {
        average = ratings.average
        count = ratings.count
        verifiedCount = ratings.verified
        distribution = Distribution(
            one: ratings.count(of: 1), two: ratings.count(of: 2), three: ratings.count(of: 3),
            four: ratings.count(of: 4), five: ratings.count(of: 5))
    }
}

/// A review as staff see it in lists: what everybody sees, and in the same object what was decided.
struct StaffReviewBody: ResponseBody {
    struct Keeping: Codable, Sendable {
        /// What the product is called, be it deleted.
        let productName: String
        let orderID: OrderID?
        let moderatedBy: UserID?
        let moderatedAt: Timestamp?
    }

    let review: ReviewBody
    let keeping: Keeping

    init(_ shown: ShownReview, baseURL: String) {
        review = ReviewBody(shown, baseURL: baseURL)
        keeping = Keeping(
            productName: shown.productName ?? "", orderID: shown.review.order, moderatedBy: shown.review.moderator,
            moderatedAt: shown.review.moderatedAt)
    }

    init(from decoder: any Decoder) throws {
        review = try ReviewBody(from: decoder)
        keeping = try Keeping(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try review.encode(to: encoder)
        try keeping.encode(to: encoder)
    }
}

/// The decision on a review. It has nothing that its author wrote, since the audit keeps it.
struct ReviewDecisionBody: ResponseBody {
    let id: ReviewID
    let productID: ProductID
    let rating: Int
    let status: ReviewStatus
    let rejectionReason: String?
    let moderatedBy: UserID?
    let moderatedAt: Timestamp?
    let version: Int

    init(_ review: Review) {
        id = review.id
        productID = review.product
        rating = review.draft.rating
        status = review.status
        rejectionReason = review.shownRejectionReason
        moderatedBy = review.moderator
        moderatedAt = review.moderatedAt
        version = review.version
    }
}
