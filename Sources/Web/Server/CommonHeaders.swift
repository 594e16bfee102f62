import HTTPTypes

/// Headers that every answer has.
enum CommonHeaders {
    static let fields: HTTPFields = [
        .xContentTypeOptions: "nosniff",
        .xFrameOptions: "DENY",
        .referrerPolicy: "same-origin",
    ]

    /// The `Cache-Control` of public answers: caches store them and revalidate them each time.
    static let revalidated = "public, no-cache"
    static let vary = "Accept-Encoding, Origin"
}
