import Commerce
import SQL
import Web

/// Which reviews a list shows; nil leaves a condition out.
struct ReviewFilter: Sendable, Hashable {
    var rating: Int?
    /// Whether only those of buyers, or only those of others.
    var isVerified: Bool?
    /// Whether only those with pictures, or only those without.
    var hasImages: Bool?

    /// Returns the number of a product's approved reviews that it lets through where the sums say it; nil where they do
    /// not.
    func count(in ratings: RatingSummary) -> Int? {
        switch (rating, isVerified, hasImages) {
        case (nil, nil, nil): ratings.count
        case (let rating?, nil, nil): ratings.count(of: rating)
        case (nil, let isVerified?, nil): isVerified ? ratings.verified : ratings.count - ratings.verified
        default: nil
        }
    }
}

/// Which reviews staff see; nil leaves a condition out.
struct StaffReviewFilter: Sendable, Hashable {
    var status: ReviewStatus?
    var product: ProductID?
    var user: UserID?
    /// A part of the product's name or of the review's title, or the whole e-mail address of who wrote it.
    var search: String?
    /// The reviews that ``search`` means.
    var found: RowSearch<ReviewID>?
    var review = ReviewFilter()
}

/// The keys by which a list of reviews can be ordered.
enum ReviewSortKey: String, CaseIterable, Sendable {
    case createdAt = "created_at"
    case rating
    case helpful
}
