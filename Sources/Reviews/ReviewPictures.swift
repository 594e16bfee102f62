import Commerce
import Jobs
import Pictures
import Primitives
import SQL
import Web

/// The pictures of reviews. Their addresses are shown with the review, so to its author and staff alone before it is
/// approved; the key in them is the hash of the picture's content, which nobody guesses.
struct ReviewPictures: Sendable {
    static let folder = "reviews"

    let database: any Database
    let reviews: ReviewService
    let studio: PictureStudio
    let jobs: JobQueue

    /// Reads and keeps a picture, then adds it to a review of the caller's, which has to be approved again.
    ///
    /// - Throws: `NotFound`, `PermissionDenied`, `PreconditionFailed` where the review has another version than
    ///   `If-Match` names, `ValidationError` on `image`, an error of the picture itself, `SQLError`.
    func add(_ bytes: [UInt8], caption: String, to id: ReviewID, _ call: APIRequest) async throws -> ReviewImage {
        let author = try call.caller()
        // Refused before the picture is read: that is the costly part.
        try await database.read { try check(reviews.owned(ReviewQueries.find(id, $0), by: author, $0), call) }
        let picture = try await studio.store(bytes, in: Self.folder)
        return try await database.write { tx in
            try call.confirmSession(in: tx)
            let review = try reviews.owned(id, by: author, tx)
            try check(review, call)
            let image = try ReviewImageQueries.insert(
                picture.key, width: picture.width, height: picture.height, caption: caption, of: id,
                at: reviews.time.now, tx)
            try ReviewQueries.count(images: 1, of: id, tx)
            try reviews.store(reviews.changed(review), was: review, tx)
            try jobs.enqueue(MakePictureSizes(key: picture.key), in: tx)
            guard let added = try ReviewImageQueries.find(image, tx) else { throw NotFound() }
            return added
        }
    }

    /// Takes a picture off a review of the caller's, which is what it was otherwise and need not be approved again.
    /// `check` sees the review's version, under the lock.
    ///
    /// - Throws: `NotFound`, `PermissionDenied`, `SQLError`, what `check` throws.
    func delete(
        _ image: ReviewImageID, of id: ReviewID, by author: Identity, _ tx: Transaction, check: (Int) throws -> Void
    ) throws {
        let before = try reviews.owned(id, by: author, tx)
        try check(before.version)
        guard try ReviewImageQueries.delete(image, of: id, tx) else { throw NotFound() }
        try ReviewQueries.count(images: -1, of: id, tx)
        var review = before
        review.version += 1
        review.updatedAt = reviews.time.now
        try reviews.store(review, was: before, tx)
    }

    private func check(_ review: Review, _ call: APIRequest) throws {
        try call.checkVersion(review.version)
        guard review.imageCount < ReviewService.maxImages else { throw ValidationError.tooManyPictures }
    }
}
