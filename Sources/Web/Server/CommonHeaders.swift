import HTTPTypes

/// Headers that every answer has.
enum CommonHeaders {
    static let fields: HTTPFields = [
        .xContentTypeOptions: "nosniff",
        .xFrameOptions: "DENY",
        .referrerPolicy: "same-origin",
    ]

    /// For public answers: kept by caches, asked after each time.
    static let revalidated = "public, no-cache"
    static let vary = "Accept-Encoding, Origin"
}
