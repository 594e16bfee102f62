import Commerce
import Web

/// A new review.
struct ReviewInput: Input {
    let draft: ReviewDraft
    let order: OrderID?

    init(_ fields: Fields) {
        var draft = ReviewDraft()
        draft.rating = fields.integer("rating", in: 1...5)
        draft.title = fields.string("title", length: 1...200)
        draft.text = fields.string("review_text", length: 1...5_000)
        draft.pros = fields.string("pros", .optional(""), length: 0...1_000)
        draft.cons = fields.string("cons", .optional(""), length: 0...1_000)
        self.draft = draft
        order = fields.optionalID("order_id")
    }
}

/// The changes that an author makes; nil leaves a field as it is.
struct ReviewEdit: Input {
    let rating: Int?
    let title: String?
    let text: String?
    let pros: String?
    let cons: String?

    init(_ fields: Fields) {
        rating = fields.sent("rating") { $0.integer($1, in: 1...5) }
        title = fields.sent("title") { $0.string($1, length: 1...200) }
        text = fields.sent("review_text") { $0.string($1, length: 1...5_000) }
        pros = fields.sent("pros") { $0.string($1, .optional(""), length: 0...1_000) }
        cons = fields.sent("cons") { $0.string($1, .optional(""), length: 0...1_000) }
    }

    func apply(to draft: inout ReviewDraft) {
        if let rating { draft.rating = rating }
        if let title { draft.title = title }
        if let text { draft.text = text }
        if let pros { draft.pros = pros }
        if let cons { draft.cons = cons }
    }
}

/// The query of the reviews of a product, or of the caller's own.
struct ReviewListInput: Input {
    let filter: ReviewFilter
    let order: Ordering<ReviewSortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = ReviewFilter(fields)
        order = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

extension ReviewFilter {
    init(_ fields: Fields) {
        rating = fields.optionalInteger("rating", in: 1...5)
        isVerified = fields.optionalBoolean("verified")
        hasImages = fields.optionalBoolean("with_images")
    }
}

/// The query of the list that staff see.
struct StaffReviewListInput: Input {
    let filter: StaffReviewFilter
    let order: Ordering<ReviewSortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = StaffReviewFilter(
            status: fields.optionalChoice("status"), product: fields.optionalID("product"),
            user: fields.optionalID("user"), search: fields.search(), review: ReviewFilter(fields))
        order = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// A vote: true, false, or null to take it back; a request without one finds the review helpful.
struct ReviewVoteInput: Input {
    let isHelpful: Bool?

    init(_ fields: Fields) {
        let sent = fields.optionalBoolean("is_helpful")
        isHelpful = fields.isPresent("is_helpful") ? sent : true
    }
}

/// A response to a review.
struct ReviewResponseInput: Input {
    let text: String

    init(_ fields: Fields) {
        text = fields.string("response_text", length: 1...2_000)
    }
}

/// The reason of a rejection.
struct ReviewRejection: Input {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.string("reason", length: 1...500)
    }
}

/// A picture of a review as a form.
struct ReviewPictureInput: Input {
    let image: UploadedFile
    let caption: String

    init(_ fields: Fields) {
        image = fields.file("image")
        caption = fields.string("caption", .optional(""), length: 0...255)
    }
}
