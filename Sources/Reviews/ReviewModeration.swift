import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints by which staff decide on reviews.
struct ReviewModeration: Sendable {
    private static let access = Access.staff(ReviewService.permission)

    let database: any Database
    let reviews: ReviewService

    var group: EndpointGroup {
        EndpointGroup(
            "Reviews",
            [
                Endpoint(
                    .get, "/api/admin/reviews/", "Lists the reviews of all products.", access: Self.access, use: list
                ).refusing(.notFound),
                Endpoint(
                    .put, "/api/admin/reviews/{id}/approve/", "Shows a review to everybody, and counts its rating.",
                    access: Self.access, in: database, use: approve
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .put, "/api/admin/reviews/{id}/reject/",
                    "Hides a review from everybody but its author, who is told the reason.", access: Self.access,
                    in: database, use: reject
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .put, "/api/admin/reviews/{id}/reopen/",
                    "Takes the decision on a review back: it waits for another one.", access: Self.access,
                    in: database, use: reopen
                ).refusing(.notFound, .preconditionFailed),
            ])
    }

    private func list(_ call: APIRequest, _ input: StaffReviewListInput) async throws -> Page<StaffReviewBody> {
        let user = try call.caller().userID
        let found = try await database.read {
            try reviews.reviews(input.filter, by: input.order, input.page, for: user, $0)
        }
        return try Page(found, input.page, of: call) { StaffReviewBody($0, baseURL: call.baseURL) }
    }

    private func approve(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> ReviewDecisionBody {
        try decide(.approved, "", call, tx)
    }

    private func reject(_ call: APIRequest, _ input: ReviewRejection, _ tx: Transaction) throws -> ReviewDecisionBody {
        try decide(.rejected, input.reason, call, tx)
    }

    private func reopen(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> ReviewDecisionBody {
        try decide(.pending, "", call, tx)
    }

    private func decide(
        _ status: ReviewStatus, _ reason: String, _ call: APIRequest, _ tx: Transaction
    ) throws -> ReviewDecisionBody {
        let decided = try reviews.decide(
            status, reason: reason, on: call.id("id"), by: call.caller().userID, tx
        ) { review in
            try call.checkVersion(review.version)
            try call.recordBefore(ReviewDecisionBody(review))
        }
        return ReviewDecisionBody(decided)
    }
}
