import Commerce
import Messages
import Primitives
import SQL
import Web

/// Writes and reads reviews. It is the one writer of reviews, their pictures, votes and responses.
///
/// A review is locked before anything of it changes, then the ratings of its product.
public struct ReviewService: Sendable {
    static let permission = "reviews.moderate"
    /// The most pictures of a review.
    static let maxImages = 5
    /// The most reviews that one user writes; what is refused for another reason does not count.
    private static let limit = RateLimit.perUser(20, per: .hours(1), name: "reviews")

    let questions: ReviewQuestions
    let approvesAtOnce: Bool
    let time: TimeSource
    private let events: EventPublisher
    private let address: @Sendable () -> String
    private let counts = CountCache()
    private let limiter: RateLimiter

    /// Creates a service; with `approvesAtOnce` reviews are shown before anybody has looked at them. `events` is told of
    /// new ones, with links that begin with `address`.
    public init(
        questions: ReviewQuestions, approvesAtOnce: Bool, time: TimeSource, events: EventPublisher = .silent,
        address: @escaping @Sendable () -> String = { "" }
    ) {
        self.events = events
        self.address = address
        self.questions = questions
        self.approvesAtOnce = approvesAtOnce
        self.time = time
        limiter = RateLimiter(time: time)
    }
}

/// What is read.
extension ReviewService {
    /// Returns a page of the approved reviews of a product that the public sees, in at most four statements.
    ///
    /// - Throws: `NotFound` where there is no such product or page, `SQLError`.
    func reviews(
        of reference: Reference, _ filter: ReviewFilter, by order: Ordering<ReviewSortKey>, _ page: PageRequest,
        for viewer: UserID?, _ connection: Connection
    ) throws -> PageRows<ShownReview> {
        let product = try product(reference, connection)
        let known = filter.count(in: product.ratings)
        if let known { try page.check(known) }
        if known == 0 { return try PageRows(count: 0, page) { [] } }
        let found = try ReviewListQueries.rows(
            of: product.id, filter, by: order, page, for: viewer, counts: known == nil, connection)
        // What counts along with its rows says nothing of a page without rows.
        let count =
            try known
            ?? (found.rows.isEmpty
                ? connection.value(ReviewListQueries.counting(product.id, filter)) ?? 0 : found.count)
        return try PageRows(count: count, page) { try filled(found.rows, connection) }
    }

    /// Returns what the approved reviews of a product that the public sees add up to.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func summary(of reference: Reference, _ connection: Connection) throws -> RatingSummary {
        try product(reference, connection).ratings
    }

    /// Returns a review that the caller may see: an approved one of a product that the public sees, one of their own,
    /// or any for who moderates.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func review(_ id: ReviewID, for viewer: Identity?, _ connection: Connection) throws -> ShownReview {
        let naming = questions.naming
        guard let found = try ReviewListQueries.find(id, for: viewer?.userID, naming: naming, connection),
            try isSeen(found.review, by: viewer, connection), let filled = try filled([found], connection).first
        else { throw NotFound() }
        return filled
    }

    /// Returns a page of what a user has written, whatever its status.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func reviews(
        by user: UserID, _ filter: ReviewFilter, by order: Ordering<ReviewSortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<ShownReview> {
        try PageRows(count: ReviewListQueries.count(of: user, filter, connection), page) {
            try filled(ReviewListQueries.rows(of: user, filter, by: order, page, connection), connection)
        }
    }

    /// Returns a page of what staff see; where the list is long its length may be a second old.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func reviews(
        _ filter: StaffReviewFilter, by order: Ordering<ReviewSortKey>, _ page: PageRequest, for viewer: UserID,
        _ connection: Connection
    ) throws -> PageRows<ShownReview> {
        var filter = filter
        filter.found = try filter.search.map { try ReviewListQueries.search($0, questions).done(connection) }
        return try PageRows(
            count: counts.count(ReviewListQueries.counting(filter, connection.dialect), connection), page
        ) {
            try filled(
                ReviewListQueries.rows(filter, by: order, page, for: viewer, naming: questions.naming, connection),
                connection)
        }
    }

    func product(_ reference: Reference, _ connection: Connection) throws -> ReviewedProduct {
        guard let product = try questions.product(reference, connection) else { throw NotFound() }
        return product
    }

    /// Returns whether somebody may see a review.
    func isSeen(_ review: Review, by viewer: Identity?, _ connection: Connection) throws -> Bool {
        if let viewer, viewer.userID == review.user || viewer.may(Self.permission) { return true }
        guard review.status == .approved else { return false }
        return try questions.product(.id(review.product.rawValue), connection) != nil
    }

    /// Adds pictures and authors, in a statement each.
    private func filled(_ reviews: [ShownReview], _ connection: Connection) throws -> [ShownReview] {
        guard !reviews.isEmpty else { return [] }
        let pictured = reviews.filter { $0.review.imageCount > 0 }.map(\.review.id)
        let images = try ReviewImageQueries.all(of: pictured, connection)
        let authors = try questions.authors(Array(Set(reviews.map(\.review.user))).sorted(), connection)
        return reviews.map { shown in
            var shown = shown
            shown.images = images[shown.review.id] ?? []
            shown.author = authors[shown.review.user] ?? .unknown
            return shown
        }
    }
}

/// What authors write.
extension ReviewService {
    /// Writes a review of a product that was delivered to its author, in the named order where one is named.
    ///
    /// - Throws: a `BusinessError` where the author may not review it, `Throttled` after twenty in an hour, `NotFound`
    ///   where the public sees no such product,
    ///   `ValidationError` where the author has reviewed it already, `SQLError`.
    public func create(
        _ draft: ReviewDraft, of reference: Reference, in order: OrderID?, by author: Identity, _ tx: Transaction
    ) throws -> ReviewID {
        guard author.isEmailVerified else { throw ReviewError.emailNotVerified }
        try limiter.check(Self.limit, for: author.userID.description)
        let product = try product(reference, tx).id
        if try questions.owns(author.userID, product, tx) { throw ReviewError.ownBusiness }
        guard let bought = try questions.purchase(author.userID, product, order, tx) else {
            throw ReviewError.purchaseRequired
        }
        let now = time.now
        var review = Review()
        (review.product, review.user, review.order) = (product, author.userID, bought)
        (review.draft, review.isVerified) = (draft, true)
        review.status = approvesAtOnce ? .approved : .pending
        (review.createdAt, review.updatedAt) = (now, now)
        let id = try ReviewQueries.insert(review, tx)
        try settle(review.product, nil, review.counted, tx)
        try events.publish(.reviewCreated, about: EventSubject(user: author.userID), in: tx) {
            StaffReviewBody(try self.review(id, for: author, tx), baseURL: address())
        }
        try limiter.take(Self.limit, for: author.userID.description)
        return id
    }

    /// Changes what an author says. What has changed has to be approved again, unless reviews are approved at once;
    /// what staff had rejected has to be in any case. `check` sees the version, under the lock.
    ///
    /// - Throws: `NotFound`, `PermissionDenied` to who sees it and is not its author, `SQLError`, what `check` throws.
    func change(
        _ id: ReviewID, by author: Identity, _ tx: Transaction, check: (Int) throws -> Void,
        _ change: (inout ReviewDraft) -> Void
    ) throws {
        var review = try owned(id, by: author, tx)
        try check(review.version)
        let before = review
        change(&review.draft)
        guard review.draft != before.draft else { return }
        try store(changed(review), was: before, tx)
    }

    /// Deletes a review with all that belongs to it: its author may, and who moderates. `check` sees the version and
    /// `record` what another has written, under the lock.
    ///
    /// - Throws: `NotFound`, `PermissionDenied` to who sees it and may not, `SQLError`, what `check` and `record` throw.
    func delete(
        _ id: ReviewID, by user: Identity, _ tx: Transaction, check: (Int) throws -> Void,
        record: (Review) throws -> Void
    ) throws {
        guard let review = try ReviewQueries.lock(id, tx) else { throw NotFound() }
        if !user.may(Self.permission) { _ = try owned(review, by: user, tx) }
        try check(review.version)
        if review.user != user.userID { try record(review) }
        try ReviewQueries.delete(id, tx)
        try settle(review.product, review.counted, nil, tx)
    }

    /// Locks a review for its author.
    ///
    /// - Throws: `NotFound`, `PermissionDenied` to who sees it and is not its author, `SQLError`.
    func owned(_ id: ReviewID, by author: Identity, _ tx: Transaction) throws -> Review {
        try owned(ReviewQueries.lock(id, tx), by: author, tx)
    }

    /// Returns a review that was read for its author.
    ///
    /// - Throws: `NotFound`, `PermissionDenied` to who sees it and is not its author, `SQLError`.
    func owned(_ review: Review?, by author: Identity, _ connection: Connection) throws -> Review {
        guard let review else { throw NotFound() }
        if review.user == author.userID { return review }
        guard try isSeen(review, by: author, connection) else { throw NotFound() }
        throw PermissionDenied()
    }

    /// Returns a review whose author has just changed it.
    func changed(_ review: Review) -> Review {
        var review = review
        review.status = approvesAtOnce && review.status != .rejected ? .approved : .pending
        review.rejectionReason = ""
        review.version += 1
        review.updatedAt = time.now
        return review
    }

    /// Writes a locked review, and what it adds to the ratings now.
    func store(_ review: Review, was before: Review, _ tx: Transaction) throws {
        try ReviewQueries.update(review, tx)
        try settle(review.product, before.counted, review.counted, tx)
    }

    private func settle(
        _ product: ProductID, _ before: CountedRating?, _ after: CountedRating?, _ tx: Transaction
    ) throws {
        guard before != after else { return }
        try questions.ratings(product, before, after, tx)
    }
}
