/// Every endpoint of reviews, and what it says to whom.
enum ReviewsTable {
    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows = shoppers + authors + replies + desk

    private static let open = "200 200 200 200 200 200"
    private static let words = #"{"rating": 4, "title": "T", "review_text": "R"}"#
    private static let response = #"{"response_text": "Thanks."}"#

    private static let shoppers: [PermissionRow] = [
        .init("GET /api/products/{reviewed}/reviews/", open),
        .init("GET /api/products/{reviewed}/reviews/?rating=5&with_images=true", open),
        .init("GET /api/products/{reviewed}/review-summary/", open),
        .init("GET /api/reviews/{approved_review}/", open),
    ]

    /// What is pending is its author's and staff's to see, and its author's to change.
    private static let authors: [PermissionRow] = [
        .init("POST /api/products/{bought}/reviews/", "401 403 403 403 201 403", words),
        .init("GET /api/reviews/my-reviews/", "401 200 200 200 200 200"),
        .init("GET /api/reviews/{review}/", "404 404 404 404 200 200"),
        .init("PUT /api/reviews/{review}/", "401 404 404 404 200 403", words),
        .init("PATCH /api/reviews/{review}/", "401 404 404 404 200 403", #"{"rating": 2}"#),
        .init("PATCH /api/reviews/{approved_review}/", "401 403 403 403 200 403", #"{"rating": 2}"#),
        .init("DELETE /api/reviews/{review}/", "401 404 404 404 204 204"),
        .init(
            "POST /api/reviews/{review}/images/", "401 404 404 404 201 403",
            .form(part: "image", CommerceTable.picture)),
        .init("DELETE /api/reviews/{pictured}/images/{review_image}/", "401 404 404 404 204 403"),
    ]

    /// The vendor sells the product.
    private static let replies: [PermissionRow] = [
        .init("POST /api/reviews/{approved_review}/helpful/", "401 200 200 200 400 200", #"{"is_helpful": true}"#),
        .init("POST /api/reviews/{approved_review}/respond/", "401 403 201 403 403 201", response),
        .init("PUT /api/reviews/{answered}/respond/", "401 403 200 403 403 200", response),
    ]

    private static let desk: [PermissionRow] = [
        .init("GET /api/admin/reviews/?status=pending", "401 403 403 403 403 200"),
        .init("PUT /api/admin/reviews/{review}/approve/", "401 403 403 403 403 200"),
        .init("PUT /api/admin/reviews/{review}/reject/", "401 403 403 403 403 200", #"{"reason": "x"}"#),
        .init("PUT /api/admin/reviews/{approved_review}/reopen/", "401 403 403 403 403 200"),
    ]
}
