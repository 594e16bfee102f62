import Commerce

/// Refusals of reviews.
enum ReviewError: BusinessError, Equatable {
    /// The author has not shown that the e-mail address is theirs.
    case emailNotVerified
    /// No order with the product was delivered to the author.
    case purchaseRequired
    /// The author's own business sells the product.
    case ownBusiness

    var kind: ErrorKind { .forbidden }

    var code: String {
        switch self {
        case .emailNotVerified: "email_not_verified"
        case .purchaseRequired: "purchase_required"
        case .ownBusiness: "own_business"
        }
    }

    var message: String {
        switch self {
        case .emailNotVerified: "Verify your email address first."
        case .purchaseRequired: "Only customers to whom this product was delivered can review it."
        case .ownBusiness: "Nobody reviews what their own business sells."
        }
    }
}

extension ValidationError {
    static let alreadyReviewed = ValidationError.whole("You have already reviewed this product.")
    static let ownReview = ValidationError.whole("You cannot vote on your own review.")
    static let tooManyPictures = ValidationError("image", "A review has at most \(ReviewService.maxImages) pictures.")
}
