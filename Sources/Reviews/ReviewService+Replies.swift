import Commerce
import Primitives
import SQL
import Web

/// What others say of a review.
extension ReviewService {
    /// Writes, changes or takes back (nil) the caller's vote, and counts it on the review.
    ///
    /// - Throws: `NotFound`, `ValidationError` on the caller's own review, `SQLError`.
    func vote(_ vote: Bool?, on id: ReviewID, by user: Identity, _ tx: Transaction) throws {
        guard let review = try ReviewQueries.lock(id, tx) else { throw NotFound() }
        if review.user == user.userID { throw ValidationError.ownReview }
        guard review.status == .approved, try isSeen(review, by: user, tx) else { throw NotFound() }
        let before = try ReviewReplyQueries.vote(of: user.userID, on: id, tx)
        guard vote != before else { return }
        try ReviewReplyQueries.set(vote, of: user.userID, on: id, at: time.now, tx)
        func change(_ wanted: Bool) -> Int { (vote == wanted ? 1 : 0) - (before == wanted ? 1 : 0) }
        try ReviewQueries.count(helpful: change(true), notHelpful: change(false), of: id, tx)
    }

    /// Responds to a review as its product's vendor or as staff, in place of the response that it has; returns it, and
    /// whether it is the first. Vendors respond to approved ones. Under the lock, `check` sees the version of the one
    /// before, 0 where there is none, and `record` the one before.
    ///
    /// - Throws: `NotFound`, also to vendors of other products, `SQLError`, what `check` and `record` throw.
    func respond(
        _ text: String, to id: ReviewID, by user: Identity, _ tx: Transaction, check: (Int) throws -> Void,
        record: (ReviewResponse) throws -> Void
    ) throws -> (response: ReviewResponse, isFirst: Bool) {
        guard let review = try ReviewQueries.lock(id, tx) else { throw NotFound() }
        let isStaff = user.may(Self.permission)
        if !isStaff {
            guard review.status == .approved, try questions.sells(user.userID, review.product, tx) else {
                throw NotFound()
            }
        }
        let before = try ReviewReplyQueries.response(to: id, tx)
        try check(before?.version ?? 0)
        if let before { try record(before) }
        try ReviewReplyQueries.respond(
            to: id, text, by: user.userID, as: isStaff ? .staff : .vendor, at: time.now, tx)
        guard let response = try ReviewReplyQueries.response(to: id, tx) else { throw NotFound() }
        return (response, before == nil)
    }

    /// Approves a review, rejects it for a reason, or has it wait for another decision; whatever it was before, and
    /// again without an effect. `record` sees it before, under the lock.
    ///
    /// - Throws: `NotFound`, `SQLError`, what `record` throws.
    func decide(
        _ status: ReviewStatus, reason: String = "", on id: ReviewID, by moderator: UserID, _ tx: Transaction,
        record: (Review) throws -> Void
    ) throws -> Review {
        guard var review = try ReviewQueries.lock(id, tx) else { throw NotFound() }
        try record(review)
        guard review.status != status || review.rejectionReason != reason else { return review }
        let before = review
        (review.status, review.rejectionReason) = (status, reason)
        (review.moderator, review.moderatedAt) = (moderator, time.now)
        review.version += 1
        try store(review, was: before, tx)
        return review
    }
}
