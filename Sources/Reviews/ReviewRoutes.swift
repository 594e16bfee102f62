import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of reviews for shoppers, authors and vendors.
struct ReviewRoutes: Sendable {
    private static let uploads = RateLimit.perUser(60, per: .hours(1), name: "review pictures")

    let database: any Database
    let reviews: ReviewService
    let pictures: ReviewPictures
    let uploadBytes: Int

    var group: EndpointGroup {
        EndpointGroup(
            "Reviews", "What buyers say of products, who finds it helpful, and what the shop answers.",
            ofProducts + ofOne + replies + ofPictures)
    }

    private var ofProducts: [Endpoint] {
        [
            Endpoint(
                .get, "/api/products/{product}/reviews/", "Lists the approved reviews of a product.",
                access: .optionalUser, use: list
            ).refusing(.notFound).tagged(),
            Endpoint(
                .post, "/api/products/{product}/reviews/",
                "Reviews a product of others that was delivered to the caller: once, with a verified e-mail address.",
                access: .user, status: .created, in: database, use: create
            ).refusing(.forbidden, .notFound, .tooManyRequests),
            Endpoint(
                .get, "/api/products/{product}/review-summary/",
                "Shows what the approved reviews of a product add up to.", access: .anyone, use: summarize
            ).refusing(.notFound).cached(),
        ]
    }

    private var ofOne: [Endpoint] {
        [
            Endpoint(
                .get, "/api/reviews/my-reviews/", "Lists the caller's reviews, whatever their status.", access: .user,
                use: listOwn
            ).refusing(.notFound),
            Endpoint(
                .get, "/api/reviews/{id}/",
                "Shows a review: an approved one, one of the caller's, or any to who moderates.",
                access: .optionalUser, use: show
            ).refusing(.notFound).tagged(),
            edit(.put), edit(.patch),
            Endpoint(
                .delete, "/api/reviews/{id}/", "Deletes a review of the caller's; who moderates deletes any.",
                access: .user, status: .noContent, in: database, use: delete
            ).refusing(.forbidden, .notFound, .preconditionFailed),
        ]
    }

    private func edit(_ method: HTTPRequest.Method) -> Endpoint {
        Endpoint(
            method, "/api/reviews/{id}/",
            "Changes a review of the caller's, which then has to be approved again.",
            access: .user, in: database, use: update
        ).refusing(.forbidden, .notFound, .preconditionFailed)
    }

    private var replies: [Endpoint] {
        [
            Endpoint(
                .post, "/api/reviews/{id}/helpful/",
                "Says whether a review is helpful: a second call changes that, null takes it back.",
                access: .user, in: database, use: vote
            ).refusing(.notFound),
            response(.post), response(.put),
        ]
    }

    private func response(_ method: HTTPRequest.Method) -> Endpoint {
        Endpoint(
            method, "/api/reviews/{id}/respond/",
            "Responds to a review, in place of an earlier response: its product's vendor, or staff.",
            access: .vendorOr(ReviewService.permission), status: method == .post ? .created : .ok, in: database,
            use: respond
        ).refusing(.notFound, .preconditionFailed).answering(method == .post ? .ok : .created)
    }

    private var ofPictures: [Endpoint] {
        [
            Endpoint(
                .post, "/api/reviews/{id}/images/",
                "Adds a picture to a review of the caller's, at most five: JPEG, PNG or WebP.",
                access: .user, status: .created, use: addPicture
            ).form(limit: uploadBytes)
                .refusing(.forbidden, .notFound, .preconditionFailed, .contentTooLarge, .serviceUnavailable)
                .limited(Self.uploads),
            Endpoint(
                .delete, "/api/reviews/{id}/images/{image}/", "Takes a picture off a review of the caller's.",
                access: .user, status: .noContent, in: database, use: deletePicture
            ).refusing(.forbidden, .notFound, .preconditionFailed),
        ]
    }
}

/// The handlers.
extension ReviewRoutes {
    private func list(_ call: APIRequest, _ input: ReviewListInput) async throws -> Page<ReviewBody> {
        let product = Reference(try call.text("product"))
        let found = try await database.read {
            try reviews.reviews(
                of: product, input.filter, by: input.order, input.page, for: call.identity?.userID, $0)
        }
        return try Page(found, input.page, of: call) { ReviewBody($0, baseURL: call.baseURL) }
    }

    private func create(_ call: APIRequest, _ input: ReviewInput, _ tx: Transaction) throws -> ReviewBody {
        let id = try reviews.create(
            input.draft, of: Reference(call.text("product")), in: input.order, by: call.caller(), tx)
        return try body(of: id, call, tx)
    }

    private func summarize(_ call: APIRequest, _: NoInput) async throws -> ReviewSummaryBody {
        let product = Reference(try call.text("product"))
        return ReviewSummaryBody(try await database.read { try reviews.summary(of: product, $0) })
    }

    private func listOwn(_ call: APIRequest, _ input: ReviewListInput) async throws -> Page<ReviewBody> {
        let user = try call.caller().userID
        let found = try await database.read {
            try reviews.reviews(by: user, input.filter, by: input.order, input.page, $0)
        }
        return try Page(found, input.page, of: call) { ReviewBody($0, baseURL: call.baseURL) }
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> ReviewBody {
        let id = try call.id("id", as: ReviewID.self)
        return try await database.read { try body(of: id, call, $0) }
    }

    private func update(_ call: APIRequest, _ input: ReviewEdit, _ tx: Transaction) throws -> ReviewBody {
        let id = try call.id("id", as: ReviewID.self)
        try reviews.change(id, by: call.caller(), tx, check: call.checkVersion) { input.apply(to: &$0) }
        return try body(of: id, call, tx)
    }

    private func delete(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        try reviews.delete(call.id("id"), by: call.caller(), tx, check: call.checkVersion) { review in
            call.audit?.want()
            try call.recordBefore(ReviewDecisionBody(review))
        }
        return NoContent()
    }

    private func vote(_ call: APIRequest, _ input: ReviewVoteInput, _ tx: Transaction) throws -> ReviewBody {
        let id = try call.id("id", as: ReviewID.self)
        try reviews.vote(input.isHelpful, on: id, by: call.caller(), tx)
        return try body(of: id, call, tx)
    }

    private func respond(
        _ call: APIRequest, _ input: ReviewResponseInput, _ tx: Transaction
    ) throws -> Reply<ReviewResponseBody> {
        let (response, isFirst) = try reviews.respond(
            input.text, to: call.id("id"), by: call.caller(), tx, check: call.checkVersion
        ) { try call.recordBefore(ReviewResponseBody($0)) }
        return Reply(ReviewResponseBody(response), status: isFirst ? .created : .ok)
    }

    private func addPicture(_ call: APIRequest, _ input: ReviewPictureInput) async throws -> ReviewImageBody {
        let image = try await pictures.add(
            input.image.bytes, caption: input.caption, to: call.id("id"), call)
        return ReviewImageBody(image, baseURL: call.baseURL)
    }

    private func deletePicture(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        try pictures.delete(
            call.id("image"), of: call.id("id"), by: call.caller(), tx, check: call.checkVersion)
        return NoContent()
    }

    private func body(of id: ReviewID, _ call: APIRequest, _ connection: Connection) throws -> ReviewBody {
        ReviewBody(try reviews.review(id, for: call.identity, connection), baseURL: call.baseURL)
    }
}
