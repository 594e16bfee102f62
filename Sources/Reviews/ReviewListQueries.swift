import Commerce
import SQL
import Web

/// The statements of lists of reviews.
enum ReviewListQueries {
    /// Returns a page of the approved reviews of a product, with the length of the list where `counts` is true; what
    /// comes with a page without rows is 0.
    static func rows(
        of product: ProductID, _ filter: ReviewFilter, by order: Ordering<ReviewSortKey>, _ page: PageRequest,
        for viewer: UserID?, counts: Bool, _ connection: Connection
    ) throws -> (rows: [ShownReview], count: Int) {
        let length: Query = counts ? "(\(counting(product, filter)))" : "0"
        let found = try connection.all(
            """
            SELECT \(length), \(ShownReview.columns)
            FROM product_reviews r \(connection.dialect.forceIndex(index(for: filter, order.key))) \(joins(viewer))
            WHERE \(condition(product, filter, "r")) ORDER BY \(order.sql) \(page.limit)
            """
        ) { row in (count: try row(Int.self), review: try ShownReview(row: &row)) }
        return (found.map(\.review), found.first?.count ?? 0)
    }

    /// Returns the statement that counts the approved reviews of a product.
    static func counting(_ product: ProductID, _ filter: ReviewFilter) -> Query {
        "SELECT COUNT(*) FROM product_reviews c WHERE \(condition(product, filter, "c"))"
    }

    private static func condition(_ product: ProductID, _ filter: ReviewFilter, _ alias: StaticString) -> Query {
        let table = Query(alias)
        let shown: [Query] = ["\(table).product_id = \(product)", "\(table).status = \(ReviewStatus.approved)"]
        return (shown + conditions(filter, alias)).joined(by: " AND ")
    }

    /// The conditions of a filter on the reviews that `alias` stands for; none where it lets all through.
    private static func conditions(_ filter: ReviewFilter, _ alias: StaticString) -> [Query] {
        let table = Query(alias)
        var conditions: [Query] = []
        if let rating = filter.rating { conditions.append("\(table).rating = \(rating)") }
        if let isVerified = filter.isVerified { conditions.append("\(table).is_verified = \(isVerified)") }
        if let hasImages = filter.hasImages { conditions.append("\(table).has_images = \(hasImages)") }
        return conditions
    }

    /// The index in whose order the page is read.
    private static func index(for filter: ReviewFilter, _ key: ReviewSortKey) -> StaticString {
        switch (key, filter.rating, filter.hasImages) {
        case (.helpful, _, _): "ix_product_reviews_helpful"
        case (.rating, _, _), (.createdAt, _?, _): "ix_product_reviews_rating"
        case (.createdAt, nil, _?): "ix_product_reviews_pictured"
        case (.createdAt, nil, nil): "ix_product_reviews_newest"
        }
    }

    private static func joins(_ viewer: UserID?) -> Query {
        """
        LEFT JOIN review_responses p ON p.review_id = r.id
        LEFT JOIN review_votes v ON v.review_id = r.id AND v.user_id = \(viewer)
        """
    }

    /// Returns one review as `viewer` sees it, whatever its status, with its product's name.
    static func find(
        _ id: ReviewID, for viewer: UserID?, naming: NameSubselect, _ connection: Connection
    ) throws -> ShownReview? {
        try connection.first(
            """
            SELECT \(ShownReview.columns), \(naming("r.product_id"))
            FROM product_reviews r \(joins(viewer)) WHERE r.id = \(id)
            """, ShownReview.named)
    }

    static func count(of user: UserID, _ filter: ReviewFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM product_reviews r WHERE \(condition(user, filter))") ?? 0
    }

    /// Returns a page of what a user has written, as the user sees it.
    static func rows(
        of user: UserID, _ filter: ReviewFilter, by order: Ordering<ReviewSortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> [ShownReview] {
        try connection.all(
            """
            SELECT \(ShownReview.columns)
            FROM product_reviews r \(connection.dialect.forceIndex("ix_product_reviews_user_id_created_at"))
            \(joins(user)) WHERE \(condition(user, filter)) ORDER BY \(order.sql) \(page.limit)
            """)
    }

    private static func condition(_ user: UserID, _ filter: ReviewFilter) -> Query {
        let own: [Query] = ["r.user_id = \(user)"]
        return (own + conditions(filter, "r")).joined(by: " AND ")
    }
}

/// The statements of the list that staff see.
extension ReviewListQueries {
    static func counting(_ filter: StaffReviewFilter, _ dialect: Dialect) -> Query {
        "SELECT COUNT(*) FROM product_reviews r \(walk(filter, .createdAt, dialect)) WHERE \(condition(filter))"
    }

    /// Returns a page of what staff see, each with its product's name. What lies before the page is skipped by the index
    /// alone.
    static func rows(
        _ filter: StaffReviewFilter, by order: Ordering<ReviewSortKey>, _ page: PageRequest, for viewer: UserID,
        naming: NameSubselect, _ connection: Connection
    ) throws -> [ShownReview] {
        try connection.all(
            .page(
                of: "\(ShownReview.columns), \(naming("r.product_id"))", from: "product_reviews r", key: "r.id",
                through: walk(filter, order.key, connection.dialect), where: condition(filter), joining: joins(viewer),
                by: order.sql, page.limit), ShownReview.named)
    }

    /// Returns the search for reviews by a part of their product's name or of their title, or by the whole e-mail address of who
    /// wrote them. Names and titles are all looked through, in indexes of their own.
    static func search(_ text: String, _ questions: ReviewQuestions) -> RowSearch<ReviewID> {
        RowSearch(
            """
            SELECT id FROM product_reviews WHERE product_id IN (\(questions.named(text)))
            UNION SELECT id FROM product_reviews WHERE user_id IN (\(questions.people(text)))
            UNION SELECT id FROM product_reviews WHERE INSTR(LOWER(title), \(text.lowercased())) > 0
            """)
    }

    private static func condition(_ filter: StaffReviewFilter) -> Query {
        var known: [Query] = ["1 = 1"]
        if let status = filter.status { known.append("r.status = \(status)") }
        if let product = filter.product { known.append("r.product_id = \(product)") }
        if let user = filter.user { known.append("r.user_id = \(user)") }
        if let found = filter.found { known.append(found.holds("r.id")) }
        return (known + conditions(filter.review, "r")).joined(by: " AND ")
    }

    /// Returns the hint of the index that has the reviews in the order of `key`, with all that the conditions compare; nothing
    /// where the reviews are of one product or one user, or few that a search has found: they are sorted.
    private static func walk(_ filter: StaffReviewFilter, _ key: ReviewSortKey, _ dialect: Dialect) -> Query {
        guard filter.product == nil, filter.user == nil, filter.found?.isDone != true else { return .empty }
        let isOfStatus = filter.status != nil && filter.review == ReviewFilter()
        return switch key {
        case .createdAt where isOfStatus: dialect.through("ix_product_reviews_status_created_at")
        case .createdAt: dialect.through("ix_product_reviews_staff_newest")
        case .rating: dialect.through("ix_product_reviews_staff_rating")
        case .helpful: dialect.through("ix_product_reviews_staff_helpful")
        }
    }
}

extension Ordering<ReviewSortKey> {
    /// The newest come first among equals where the largest come first.
    fileprivate var sql: Query {
        switch key {
        case .createdAt: "r.created_at \(direction), r.id \(direction)"
        case .rating: "r.rating \(direction), r.created_at \(direction), r.id \(direction)"
        case .helpful: "r.helpful_count \(direction), r.created_at \(direction), r.id \(direction)"
        }
    }
}
